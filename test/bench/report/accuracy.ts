import type { Accuracy, AccuracyRow } from '../parts/accuracy.ts';
import { deviation, mean } from '../statistics.ts';
import { textTable } from './table.ts';

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
const points = (share: number): string =>
  `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(2)}`;

export function accuracyText({ device, epochs, seeds, rows }: Accuracy): string {
  const ours = rows.filter(({ engine }) => engine === 'firstlayer');
  const others = rows.filter(({ engine }) => engine !== 'firstlayer');
  const table = textTable(
    ['', 'mean', 'deviation', 'least–most', 'on'],
    rows.map(({ name, version, accuracies }) => [
      name,
      percent(mean(accuracies)),
      percent(deviation(accuracies)),
      `${percent(Math.min(...accuracies))}–${percent(Math.max(...accuracies))}`,
      version,
    ]),
  );
  // Where no peer was measured, the two precisions are compared with one another.
  const pairs = ours.flatMap((one, k) =>
    (others.length > 0 ? others : ours.slice(k + 1)).map((other) => [one, other] as const),
  );
  const compared = textTable(
    ['', 'against', 'difference in points', ''],
    pairs.map(([one, other]) => [one.name, other.name, ...difference(one, other)]),
  );
  return [
    `${device}; test accuracy of the seed network after ${epochs} epochs, ${seeds.length} seeds`,
    table,
    compared,
  ].join('\n\n');
}

/** Difference of the means with its standard error, and where the mean lies among the other's seeds. */
function difference(one: AccuracyRow, other: AccuracyRow): [string, string] {
  const own = mean(one.accuracies);
  const error = Math.hypot(
    ...[one, other].map(({ accuracies }) => deviation(accuracies) / Math.sqrt(accuracies.length)),
  );
  const place =
    own > Math.max(...other.accuracies)
      ? 'above the spread'
      : own < Math.min(...other.accuracies)
        ? 'below the spread'
        : 'within the spread';
  return [`${points(own - mean(other.accuracies))} ± ${(100 * error).toFixed(2)}`, place];
}
