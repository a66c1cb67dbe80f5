import { opByOp, own, peers, type Engine, type Entry } from '../contestants/list.ts';
import type { Progress } from '../progress.ts';
import { median, ratio } from '../statistics.ts';
import { START_SECONDS, takeTurns, TURN_SECONDS, type Measured } from '../turns.ts';

export interface ThroughputRow extends Measured {
  engine: Engine;
  precision: Entry['precision'];
}

export interface Throughput {
  rounds: number;
  steps: number;
  rows: ThroughputRow[];
  /** Ratios of examples a second, the median of the ratios turn by turn. */
  ratios: { of: string; to: string; ratio: number }[];
  /** Contestants that could not be measured, and why. */
  leftOut: string[];
}

export interface ThroughputOptions {
  rounds: number;
  steps: number;
  python: string | null;
}

const entriesOf = (python: string | null): Entry[] => [
  ...own,
  ...(python === null ? [] : peers(python)),
];

/** Expected seconds. */
export const throughputSeconds = ({ rounds, python }: ThroughputOptions): number =>
  entriesOf(python).reduce(
    (sum, { variants }) => sum + variants.length * START_SECONDS + rounds * TURN_SECONDS,
    0,
  );

/** Examples a second of the seed network, this engine and its peers in turns. */
export async function measureThroughput(
  { rounds, steps, python }: ThroughputOptions,
  progress: Progress,
): Promise<Throughput> {
  const entries = entriesOf(python);
  const entrants = entries.map(({ name, variants }) => ({ name, steps, variants }));
  const { measured, leftOut } = await takeTurns(entrants, rounds, progress);
  const rows = measured.flatMap((one): ThroughputRow[] => {
    const entry = entries.find(({ name }) => name === one.name);
    return entry ? [{ ...one, engine: entry.engine, precision: entry.precision }] : [];
  });
  return { rounds, steps, rows, ratios: ratios(rows), leftOut };
}

/** The comparisons that mean something: like with like, then the best with the best. */
function ratios(rows: readonly ThroughputRow[]): Throughput['ratios'] {
  const best = (wanted: (row: ThroughputRow) => boolean): ThroughputRow | undefined =>
    rows
      .filter(wanted)
      .sort((a, b) => median(b.speeds) - median(a.speeds))
      .at(0);
  const ours = (precision: Entry['precision']) =>
    best((row) => row.engine === 'firstlayer' && row.precision === precision);
  const tensorFlow = (precision: Entry['precision']) =>
    best((row) => row.engine === 'tensorflow' && row.precision === precision);
  const ourBest = best(({ engine }) => engine === 'firstlayer');
  const pairs = [
    [ours('float32'), tensorFlow('float32')],
    [ours('bfloat16'), tensorFlow('bfloat16')],
    [ours('bfloat16'), best(({ engine }) => engine === 'pytorch')],
    [ourBest, best(({ engine }) => engine !== 'firstlayer' && engine !== 'tfjs')],
    [ourBest, best(({ name }) => name === opByOp)],
  ];
  const compared = pairs.flatMap(([one, other]) =>
    one && other ? [{ of: one.name, to: other.name, ratio: ratio(one.speeds, other.speeds) }] : [],
  );
  // The best PyTorch may also be the best peer.
  return compared.filter(
    ({ of, to }, k) => compared.findIndex((c) => c.of === of && c.to === to) === k,
  );
}
