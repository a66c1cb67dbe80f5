import { formatPercent } from '../../../shared/format.ts';

/** A share of 1 in percent; a dash for null. */
export const percentCell = (share: number | null): string =>
  share === null ? '–' : formatPercent(share);

/** The lines of a table: columns are as wide as their widest cell, and columns of numbers are aligned to the right. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, k) => Math.max(...all.map((row) => row[k]?.length ?? 0)));
  const isNumber = (cell: string): boolean => /^[\d.,–-]/.test(cell);
  const line = (row: readonly string[]): string =>
    row
      .map((cell, k) => {
        const width = widths[k] ?? 0;
        return rows.every((other) => isNumber(other[k] ?? ''))
          ? cell.padStart(width)
          : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return all.map(line);
}
