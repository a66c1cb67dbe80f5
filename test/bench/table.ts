export interface Row {
  name: string;
  /** Examples a second, one a turn. */
  speeds: number[];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

/** Ratio to the base turn by turn, so that a machine that was slow for a while was slow for both; then the median. */
export function ratio(row: Row, base: Row): number {
  return median(row.speeds.map((speed, turn) => speed / (base.speeds[turn] ?? NaN)));
}

/** The figures as text, a row a contestant. */
export function resultTable(rows: readonly Row[], baseName: string): string {
  const base = rows.find((row) => row.name === baseName);
  const lines = rows.map((row) => [
    row.name,
    Math.round(median(row.speeds)).toLocaleString('en'),
    `${Math.round(Math.min(...row.speeds)).toLocaleString('en')}–${Math.round(Math.max(...row.speeds)).toLocaleString('en')}`,
    base ? `${ratio(row, base).toFixed(2)}×` : '',
  ]);
  const cells = [['', 'examples/s', 'least–most', `× ${baseName}`], ...lines];
  const widths = [0, 1, 2, 3].map((k) => Math.max(...cells.map((row) => (row[k] ?? '').length)));
  return cells
    .map(
      (row) =>
        `${row.map((cell, k) => (k === 0 ? cell.padEnd(widths[k] ?? 0) : cell.padStart(widths[k] ?? 0))).join('  ')}\n`,
    )
    .join('');
}
