/**
 * Rows as aligned text: columns of words to the left, the others to the right.
 * @param words numbers of the former
 */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  words: readonly number[] = [0],
): string {
  const all = [header, ...rows];
  const widths = header.map((_, k) => Math.max(...all.map((row) => (row[k] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, k) =>
          words.includes(k) ? cell.padEnd(widths[k] ?? 0) : cell.padStart(widths[k] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en');
export const megabytes = (bytes: number): string => `${whole(bytes / 1e6)} MB`;
export const milliseconds = (seconds: number): string => `${(1000 * seconds).toFixed(1)} ms`;
