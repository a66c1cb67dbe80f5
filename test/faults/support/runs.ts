import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import type { RunConfig } from '../../../shared/config.ts';
import type { TrainerEvent, TrainerEventOf } from '../../../shared/trainer-events.ts';
import { nameOf } from '../../../main/trainer/checkpoint/names.ts';
import { newestCheckpoint } from '../../../main/trainer/checkpoint/reading.ts';
import { CheckpointStore } from '../../../main/trainer/checkpoint/store.ts';
import { unrecordedIn } from '../../../main/trainer/checkpoint/unrecorded.ts';
import { smallDataset, temporaryFolder } from '../../support/folders.ts';
import { convolution, pooling, withScores } from '../../support/networks.ts';
import { smallRun, trainUntilIdle, type StartOptions } from '../../support/trainer.ts';
import { builtProgram } from '../../support/built-programs.ts';

/** True in `npm run test:faults`: every point, every code; else a sample that is over in a minute. */
export const isLong = process.env.FIRSTLAYER_FAULTS === 'long';

/** `most` of the numbers 1 to `count`, evenly spread, both ends among them; all in the long form. */
export function points(count: number, most: number): number[] {
  const all = Array.from({ length: count }, (_, k) => k + 1);
  if (isLong || count <= most) return all;
  return all.filter(
    (_, k) => k === 0 || Math.floor((k * most) / count) !== Math.floor(((k - 1) * most) / count),
  );
}

let dataset: Promise<string> | null = null;

/** A small network on real digits: three epochs of seven steps, some kilobytes a checkpoint, so that a fault can be tried hundreds of times. */
export async function tinyRun(epochs = 3): Promise<RunConfig> {
  dataset ??= smallDataset(450, 20);
  const run = smallRun(await dataset, 'float32');
  const layers = withScores(
    convolution({ filters: 4, stride: [2, 2], activation: 'relu' }),
    pooling(),
    { type: 'dropout', rate: 0.2 },
  );
  return {
    ...run,
    network: { name: 'tiny', layers },
    training: { ...run.training, epochs },
    // Pruning is among what may be interrupted.
    checkpoints: { ...run.checkpoints, keep: 2, everySteps: 3 },
  };
}

export const hashOf = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex');

/** SHA-256 of the variables at each step that an undisturbed run saves. */
export type Reference = Map<number, string>;

let reference: Promise<Reference> | null = null;

export const referenceRun = (): Promise<Reference> =>
  (reference ??= (async () => {
    const folder = temporaryFolder();
    const config = await tinyRun();
    const hashes: Reference = new Map();
    await trainUntilIdle(
      folder,
      { ...config, checkpoints: { ...config.checkpoints, keep: 100 } },
      (event) => {
        if (event.type === 'saved')
          hashes.set(event.step, hashOf(`${event.path}.data-00000-of-00001`));
        return null;
      },
    );
    expect([...hashes.keys()]).toEqual([3, 6, 7, 10, 13, 14, 17, 20, 21]);
    return hashes;
  })());

/** Files of somebody else, with names that are near to ours. */
const foreign = [
  'notes.txt',
  'model.ckpt-3.notes',
  'model.ckpt-007.json',
  'run.json.bak',
  '.hidden',
];

/** A folder with other people's files, and a link to one outside. */
export function folderWithForeignFiles(): string {
  const folder = temporaryFolder();
  for (const name of foreign) writeFileSync(join(folder, name), `mine: ${name}`, { mode: 0o640 });
  mkdirSync(join(folder, 'model.ckpt-99'));
  const outside = join(temporaryFolder(), 'outside.txt');
  writeFileSync(outside, 'outside');
  symlinkSync(outside, join(folder, 'link'));
  return folder;
}

export function expectForeignFilesUntouched(folder: string): void {
  for (const name of foreign) {
    const path = join(folder, name);
    expect(readFileSync(path, 'utf8')).toBe(`mine: ${name}`);
    expect(lstatSync(path).mode & 0o777).toBe(0o640);
  }
  expect(lstatSync(join(folder, 'model.ckpt-99')).isDirectory()).toBe(true);
  expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, 'link'), 'utf8')).toBe('outside');
}

/**
 * The invariant: what a next start finds is at least as new as what was acknowledged, whole, and bit for bit what an undisturbed run has.
 * @returns the step found
 */
export async function expectNothingLost(
  folder: string,
  acknowledged: number | null,
): Promise<number | null> {
  const hashes = await referenceRun();
  const store = await CheckpointStore.open(folder);
  await store.close();
  const { checkpoint } = await newestCheckpoint(folder);
  const step = checkpoint?.id.step ?? null;
  expect(step ?? 0).toBeGreaterThanOrEqual(acknowledged ?? 0);
  if (checkpoint)
    expect(hashOf(`${checkpoint.prefix}.data-00000-of-00001`)).toBe(hashes.get(checkpoint.id.step));
  return step;
}

/** Trains on to the end, undisturbed, and compares the last bits. */
export async function expectGoesOnToTheSameEnd(
  folder: string,
  config: RunConfig,
  more: StartOptions = {},
): Promise<void> {
  const events = await trainUntilIdle(folder, config, undefined, more);
  expect(events.filter((event) => event.type === 'failed')).toEqual([]);
  const { checkpoint } = await newestCheckpoint(folder);
  expect(checkpoint?.id.step).toBe(21);
  const path = join(folder, `${nameOf(checkpoint!.id)}.data-00000-of-00001`);
  expect(hashOf(path)).toBe((await referenceRun()).get(21));
}

/** That a start is refused because of `name`, and that every file is as it was. */
export async function expectAsked(folder: string, config: RunConfig, name: string): Promise<void> {
  const read = (): string[] =>
    readdirSync(folder, { withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => `${file.name} ${hashOf(join(folder, file.name))}`);
  const before = read();
  const events = await trainUntilIdle(folder, config);
  const failed = events.find((event) => event.type === 'failed');
  expect(failed).toMatchObject({ refused: true });
  expect(failed?.what).toContain(name);
  expect(read()).toEqual(before);
}

/** What a save or a removal leaves when it is cut short is never taken for another's: a next start asks nothing. */
export async function expectNothingToAsk(folder: string): Promise<void> {
  expect(await unrecordedIn(folder)).toEqual([]);
}

/** Step of the newest checkpoint that was acknowledged in `folder`. */
export const newestSaved = (events: readonly TrainerEvent[], folder: string): number | null =>
  events
    .filter((event): event is TrainerEventOf<'saved'> => event.type === 'saved')
    .filter(({ path }) => dirname(path) === realpathSync(folder))
    .at(-1)?.step ?? null;

const cli = builtProgram('train');
const injection = pathToFileURL(fileURLToPath(new URL('injection.mjs', import.meta.url))).href;

/** A trainer's command line under way. */
export interface Process {
  child: ChildProcess;
  events: TrainerEvent[];
  /** What it wrote to stderr. */
  readonly errors: string;
  ended: Promise<unknown>;
}

/** The real command line, with something between it and the disk; `wrap` puts other words before node. */
export function startTrainer(
  folder: string,
  config: RunConfig,
  options: {
    plan?: object;
    wrap?: string[];
    cwd?: string;
    onEvent?: (event: TrainerEvent) => void;
  } = {},
): Process {
  const file = join(temporaryFolder(), 'config.json');
  writeFileSync(file, JSON.stringify(config));
  const node = [process.execPath, ...(options.plan ? ['--import', injection] : [])];
  const trainer = [cli, `--checkpoint-dir=${folder}`, '--config', file, '--json'];
  const [program = '', ...args] = [...(options.wrap ?? []), ...node, ...trainer];
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: options.cwd,
    env: {
      ...process.env,
      ...(options.plan && { FIRSTLAYER_FAULT: JSON.stringify(options.plan) }),
    },
  });
  const events: TrainerEvent[] = [];
  let [rest, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const event = JSON.parse(line) as TrainerEvent;
      events.push(event);
      options.onEvent?.(event);
    }
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  return {
    child,
    events,
    get errors() {
      return errors;
    },
    ended: once(child, 'close'),
  };
}
