import type { AxisScale } from './axis-scale.ts';
import type { CurveData } from './curve.ts';
import type { ExtraLine } from './extra-line.ts';

/** A name as a table's cell: quoted, for a run's may hold anything. Never a formula, which a table's program would carry out. */
const nameCell = (name: string): string =>
  `"${name.replace(/^[=+\-@\t\r]/, ' $&').replaceAll('"', '""')}"`;

const cell = (value: number | null | undefined): string =>
  value === null || value === undefined || Number.isNaN(value) ? '' : String(value);

/**
 * All that a chart is drawn from, as it was measured: a row for each step that has a number.
 * @param name of the quantity, such as loss
 * @param time null: it was not recorded
 * @returns a CSV file's text
 */
export function curveCsv(
  name: string,
  { steps, epochs, values, smoothed, validation }: CurveData,
  time: AxisScale | null,
  extraLines: readonly ExtraLine[],
): string {
  const isSmoothed = smoothed !== values;
  const rows = new Map<number, string[]>();
  const columns = 2 + (isSmoothed ? 1 : 0) + extraLines.length;
  const rowAt = (step: number, epoch: number): string[] => {
    const row = rows.get(step) ?? [
      String(step),
      String(epoch),
      ...(time ? [cell(Math.round(time.valueAt(step) * 1000) / 1000)] : []),
      ...Array<string>(columns).fill(''),
    ];
    rows.set(step, row);
    return row;
  };
  const first = time ? 3 : 2;
  for (const [index, step] of steps.entries()) {
    const row = rowAt(step, epochs[index] ?? 1);
    row[first] = cell(values[index]);
    if (isSmoothed) row[first + 1] = cell(smoothed[index]);
  }
  const validated = first + (isSmoothed ? 2 : 1);
  for (const { x, y, epoch } of validation) rowAt(x, epoch)[validated] = cell(y);
  for (const [index, { points }] of extraLines.entries())
    for (const { x, y, epoch } of points) rowAt(x, epoch)[validated + 1 + index] = cell(y);
  const head = [
    'step',
    'epoch',
    ...(time ? ['seconds'] : []),
    `training ${name}`,
    ...(isSmoothed ? [`training ${name} smoothed`] : []),
    `validation ${name}`,
    ...extraLines.map(({ label }) => nameCell(label)),
  ];
  const lines = [...rows].sort(([a], [b]) => a - b).map(([, row]) => row.join(','));
  return [head.join(','), ...lines, ''].join('\n');
}
