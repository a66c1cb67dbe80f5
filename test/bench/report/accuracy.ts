import type { Accuracy, AccuracyRow } from '../parts/accuracy.ts';
import { deviation, difference, mean, type Difference } from '../statistics.ts';
import { textTable } from './table.ts';

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
const points = (share: number): string => (100 * Math.abs(share)).toFixed(2);
const signed = (share: number): string => `${share < 0 ? '−' : '+'}${points(share)}`;

/** @returns `now`; where it has no peers, with those of `before`, if they trained as long */
export function withPeersOf(before: Accuracy, from: string, now: Accuracy): Accuracy {
  const peers = before.rows.filter(({ engine }) => engine !== 'firstlayer');
  const alone = now.rows.every(({ engine }) => engine === 'firstlayer');
  const asLong = before.epochs === now.epochs && before.seeds.join() === now.seeds.join();
  if (!alone || !asLong || peers.length === 0) return now;
  return { ...now, rows: [...now.rows, ...peers], peersFrom: before.peersFrom ?? from };
}

export function accuracyText({ epochs, seeds, rows, leftOut, peersFrom }: Accuracy): string {
  const ours = rows.filter(({ engine }) => engine === 'firstlayer');
  const others = rows.filter(({ engine }) => engine !== 'firstlayer');
  const table = textTable(
    ['', 'mean', 'deviation', 'min–max', 'on', 'with'],
    rows.map(({ name, library, settings, accuracies }) => [
      name,
      percent(mean(accuracies)),
      percent(deviation(accuracies)),
      `${percent(Math.min(...accuracies))}–${percent(Math.max(...accuracies))}`,
      library,
      settings,
    ]),
    [0, 4, 5],
  );
  // Where no peer was measured, the two precisions are compared with one another.
  const pairs = ours.flatMap((one, k) =>
    (others.length > 0 ? others : ours.slice(k + 1)).map((other) => [one, other] as const),
  );
  const compared = textTable(
    ['', 'against', 'difference in points', '95 % interval', ''],
    pairs.map(([one, other]) => comparison(one, other)),
    [0, 1, 4],
  );
  return [
    `Test accuracy of the seed network after ${epochs} epochs, ${seeds.length} seeds. Intervals are Welch's, each for itself.`,
    table,
    compared,
    ...(peersFrom === undefined ? [] : [`The peers' are of an earlier measurement: ${peersFrom}`]),
    ...leftOut.map((reason) => `Left out: ${reason}`),
  ].join('\n\n');
}

function comparison(one: AccuracyRow, other: AccuracyRow): string[] {
  const found = difference(one.accuracies, other.accuracies);
  return [
    one.name,
    other.name,
    signed(found.difference),
    `${signed(found.low)} to ${signed(found.high)}`,
    verdict(found),
  ];
}

/** What the interval leaves possible. */
function verdict({ low, high }: Difference): string {
  if (low > 0) return `better by ${points(low)} to ${points(high)}`;
  if (high < 0) return `worse by ${points(high)} to ${points(low)}`;
  return `no difference shown; at most ${points(low)} worse or ${points(high)} better`;
}
