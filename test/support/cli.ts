import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunConfig } from '../../shared/config.ts';
import { dense, flatten } from './networks.ts';
import { smallRun } from './trainer.ts';
import { temporaryFolder } from './folders.ts';
import { builtProgram } from './built-programs.ts';

/** The terminal program as a person runs it: the built one. */
export const program = builtProgram('train');

/** Small enough that a process is over as soon as TensorFlow is loaded. */
export function tinyRun(dataset: string): RunConfig {
  const run = smallRun(dataset, 'float32');
  return { ...run, network: { name: 'tiny', layers: [flatten, dense(10)] } };
}

export function configFile(config: unknown): string {
  const path = join(temporaryFolder(), 'run.json');
  writeFileSync(path, JSON.stringify(config));
  return path;
}

export interface Ending {
  code: number | null;
  out: string;
  error: string;
}

/** Runs it to its end; `meanwhile` sees what it has printed so far, each time there is more. */
export async function runCli(
  args: readonly string[],
  meanwhile: (out: string, child: ChildProcessWithoutNullStreams) => void = () => undefined,
  environment: NodeJS.ProcessEnv = {},
): Promise<Ending> {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: 'pipe',
    env: { ...process.env, ...environment },
  });
  let [out, error] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    meanwhile(out, child);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
  child.stdin.on('error', () => undefined);
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, out, error };
}
