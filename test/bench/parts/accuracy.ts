import { opByOp, own, peers, type Engine, type Entry } from '../contestants/list.ts';
import type { Progress } from '../progress.ts';
import { START_SECONDS } from '../turns.ts';

export interface AccuracyRow {
  name: string;
  engine: Engine;
  version: string;
  /** Test accuracy after the last epoch, of each seed. */
  accuracies: number[];
}

export interface Accuracy {
  epochs: number;
  seeds: number[];
  rows: AccuracyRow[];
}

export interface AccuracyOptions {
  epochs: number;
  python: string | null;
}

const seeds = [1, 2, 3, 4, 5];
const EPOCH_SECONDS = 15;

/** Those of a setting of their own; how a step is compiled changes no accuracy. */
const entriesOf = (python: string | null): Entry[] => [
  ...own.filter(({ name }) => name !== opByOp),
  ...(python === null ? [] : peers(python)).filter(
    ({ engine, precision }) =>
      engine === 'tensorflow' || (engine === 'pytorch' && precision === 'float32'),
  ),
];

/** Expected seconds. */
export const accuracySeconds = ({ epochs, python }: AccuracyOptions): number =>
  entriesOf(python).length * seeds.length * (START_SECONDS + epochs * EPOCH_SECONDS);

/** Test accuracy of the seed network after equal epochs, over seeds. One trains at a time. */
export async function measureAccuracy(
  { epochs, python }: AccuracyOptions,
  progress: Progress,
): Promise<Accuracy> {
  const rows = entriesOf(python).map((entry) => ({
    entry,
    version: '',
    accuracies: [] as number[],
  }));
  for (const seed of seeds)
    for (const row of rows) {
      const contestant = await row.entry.start(seed);
      row.version = contestant.version;
      progress.add(START_SECONDS);
      try {
        let accuracy = 0;
        for (let epoch = 1; epoch <= epochs; epoch++) {
          progress.begin(`Seed ${seed}, epoch ${epoch} of ${epochs}: ${row.entry.name}`);
          accuracy = await contestant.epoch();
          progress.add(EPOCH_SECONDS);
        }
        row.accuracies.push(accuracy);
      } finally {
        contestant.end();
      }
    }
  return {
    epochs,
    seeds,
    rows: rows.map(({ entry: { name, engine }, version, accuracies }) => ({
      name,
      engine,
      version,
      accuracies,
    })),
  };
}
