/** Rows as aligned text: the first column to the left, the others to the right. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, k) => Math.max(...all.map((row) => (row[k] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, k) => (k === 0 ? cell.padEnd(widths[k] ?? 0) : cell.padStart(widths[k] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en');
export const megabytes = (bytes: number): string => `${whole(bytes / 1e6)} MB`;
export const milliseconds = (seconds: number): string => `${(1000 * seconds).toFixed(1)} ms`;
