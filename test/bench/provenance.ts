import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { appVersion } from '../../shared/version.ts';
import type { Options, Part } from './options.ts';

/** Where a part's figures come from: parts may be measured at different times. */
export interface Provenance {
  /** Year, month and day. */
  date: string;
  version: string;
  /** Of the sources of engine and benchmark, the start of their hash: as `dist/bench/.stamp` after a build. */
  sources: string;
  processor: string;
  /** That measures this part alone. */
  command: string;
}

export const provenanceOf = (part: Part, options: Options): Provenance => ({
  date: new Date().toISOString().slice(0, 10),
  version: appVersion,
  sources: readFileSync(join(import.meta.dirname, '.stamp'), 'utf8').slice(0, 12),
  processor: `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores`,
  command: commandOf(part, options),
});

/** With what the part goes by, defaults too; without paths, which are of one machine. */
export function commandOf(
  part: Part,
  { python, images, starts, rounds, seconds, epochs, seeds }: Options,
): string {
  const peers = python === null ? [] : ['--peers'];
  const turns = [`--starts ${starts}`, `--rounds ${rounds}`, `--seconds ${seconds}`];
  const pictures = images === null ? [] : ['--images cifar-10-images.zip'];
  const own: Record<Part, string[]> = {
    throughput: [...peers, ...turns],
    cifar: [...peers, ...pictures, ...turns],
    service: [],
    window: [],
    scaling: [],
    accuracy: [...peers, `--epochs ${epochs}`, `--seeds ${seeds}`],
    'cifar-accuracy': [...peers, ...pictures, `--epochs ${epochs}`],
  };
  return ['npm run bench --', `--only ${part}`, ...own[part]].join(' ');
}
