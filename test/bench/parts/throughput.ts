import { own, type Engine, type Entry } from '../contestants/list.ts';
import { peers } from '../contestants/peers.ts';
import type { Task } from '../contestants/task.ts';
import type { Progress } from '../progress.ts';
import { median, ratio } from '../statistics.ts';
import { entrantSeconds, takeTurns, type Measured, type Turns } from '../turns.ts';

export interface ThroughputRow extends Measured {
  engine: Engine;
  precision: Entry['precision'];
}

export interface Throughput extends Turns {
  rows: ThroughputRow[];
  /** Ratios of examples a second, the median of the ratios turn by turn; and that of each start's turns. */
  ratios: { of: string; to: string; ratio: number; ofStarts: number[] }[];
  /** Contestants that could not be measured, and why. */
  leftOut: string[];
}

export interface ThroughputOptions extends Turns {
  python: string | null;
}

const entriesOf = (python: string | null, task: Task): Entry[] => [
  ...own(task),
  ...(python === null ? [] : peers(python, task)),
];

/** Expected seconds. */
export const throughputSeconds = ({ python, ...turns }: ThroughputOptions, task: Task): number =>
  entriesOf(python, task).reduce((sum, entry) => sum + entrantSeconds(entry, turns), 0);

/** Examples a second of one network, this engine and its peers in turns. */
export async function measureThroughput(
  { python, ...turns }: ThroughputOptions,
  task: Task,
  progress: Progress,
): Promise<Throughput> {
  const entries = entriesOf(python, task);
  const { measured, leftOut } = await takeTurns(entries, turns, progress);
  const rows = measured.flatMap((one): ThroughputRow[] => {
    const entry = entries.find(({ name }) => name === one.name);
    return entry ? [{ ...one, engine: entry.engine, precision: entry.precision }] : [];
  });
  const { starts, rounds, seconds } = turns;
  return { starts, rounds, seconds, rows, ratios: ratios(rows, rounds), leftOut };
}

/** The comparisons that mean something: like with like, then the best with the best. */
function ratios(rows: readonly ThroughputRow[], rounds: number): Throughput['ratios'] {
  const best = (engines: readonly Engine[], precision?: Entry['precision']) =>
    rows
      .filter(
        (row) => engines.includes(row.engine) && row.precision === (precision ?? row.precision),
      )
      .sort((a, b) => median(b.speeds) - median(a.speeds))
      .at(0);
  const peerEngines = ['tensorflow', 'keras', 'pytorch'] as const;
  const bestPeer = best(peerEngines);
  const pairs = [
    [best(['firstlayer'], 'float32'), best(['tensorflow'], 'float32')],
    [best(['firstlayer'], 'float32'), best(peerEngines, 'float32')],
    [best(['firstlayer'], 'bfloat16'), best(['tensorflow'], 'bfloat16')],
    [best(['firstlayer'], 'bfloat16'), best(['keras'])],
    [best(['firstlayer'], 'bfloat16'), best(['pytorch'])],
    [best(['firstlayer']), bestPeer],
    [best(['app']), bestPeer],
    [best(['firstlayer']), best(['tfjs'])],
  ];
  const compared = pairs.flatMap(([one, other]) =>
    one && other ? [compare(one, other, rounds)] : [],
  );
  // The best of one library may also be the best peer.
  return compared.filter(
    ({ of, to }, k) => compared.findIndex((c) => c.of === of && c.to === to) === k,
  );
}

/** @param rounds turns after each start */
function compare(one: Measured, other: Measured, rounds: number): Throughput['ratios'][number] {
  const starts = Array.from({ length: one.speeds.length / rounds }, (_, k) => k * rounds);
  const of = (speeds: number[], start: number): number[] => speeds.slice(start, start + rounds);
  return {
    of: one.name,
    to: other.name,
    ratio: ratio(one.speeds, other.speeds),
    ofStarts: starts.map((start) => ratio(of(one.speeds, start), of(other.speeds, start))),
  };
}
