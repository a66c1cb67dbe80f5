import { own, type Engine, type Entry } from '../contestants/list.ts';
import { peers } from '../contestants/peers.ts';
import { seedTask } from '../contestants/task.ts';
import type { Progress } from '../progress.ts';
import { reasonOf, START_SECONDS } from '../turns.ts';

export interface AccuracyRow {
  name: string;
  engine: Engine;
  library: string;
  settings: string;
  /** Test accuracy after the last epoch, of each seed. */
  accuracies: number[];
}

export interface Accuracy {
  epochs: number;
  seeds: number[];
  rows: AccuracyRow[];
  /** Contestants that ended before their last epoch, and why. */
  leftOut: string[];
  /** Where the peers' accuracies come from, if they were measured before; this engine's changes leave them as they are. */
  peersFrom?: string;
}

export interface AccuracyOptions {
  epochs: number;
  /** How many. */
  seeds: number;
  python: string | null;
}

const EPOCH_SECONDS = 15;

/** Those of a setting of their own; how a step is compiled, or what goes on around it, changes no accuracy. */
const entriesOf = (python: string | null): Entry[] => [
  ...own(seedTask()).filter(({ engine }) => engine === 'firstlayer'),
  ...(python === null ? [] : peers(python, seedTask())).filter(
    ({ engine, precision }) =>
      engine === 'tensorflow' || (engine === 'pytorch' && precision === 'float32'),
  ),
];

/** Expected seconds. */
export const accuracySeconds = ({ epochs, seeds, python }: AccuracyOptions): number =>
  entriesOf(python).length * seeds * (START_SECONDS + epochs * EPOCH_SECONDS);

/** Test accuracy of the seed network after equal epochs, over seeds. One trains at a time. */
export async function measureAccuracy(
  { epochs, seeds: count, python }: AccuracyOptions,
  progress: Progress,
): Promise<Accuracy> {
  const seeds = Array.from({ length: count }, (_, index) => index + 1);
  const rows = new Map<Entry, AccuracyRow>();
  for (const entry of entriesOf(python)) {
    const { name, engine } = entry;
    rows.set(entry, { name, engine, library: '', settings: '', accuracies: [] });
  }
  const leftOut: string[] = [];
  for (const seed of seeds)
    for (const [entry, row] of rows)
      try {
        await trainOnce(entry, row, seed, epochs, progress);
      } catch (error) {
        rows.delete(entry);
        leftOut.push(reasonOf(entry.name, error));
        process.stderr.write(`Left out: ${reasonOf(entry.name, error)}\n`);
      }
  return { epochs, seeds, rows: [...rows.values()], leftOut };
}

/** @param row takes what came out */
async function trainOnce(
  entry: Entry,
  row: AccuracyRow,
  seed: number,
  epochs: number,
  progress: Progress,
): Promise<void> {
  const contestant = await entry.start(seed);
  row.library = contestant.library;
  row.settings = contestant.settings;
  progress.add(START_SECONDS);
  try {
    let accuracy = 0;
    for (let epoch = 1; epoch <= epochs; epoch++) {
      progress.begin(`Seed ${seed}, epoch ${epoch} of ${epochs}: ${entry.name}`);
      accuracy = await contestant.epoch();
      progress.add(EPOCH_SECONDS);
    }
    row.accuracies.push(accuracy);
  } finally {
    contestant.end();
  }
}
