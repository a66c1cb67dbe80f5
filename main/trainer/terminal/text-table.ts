import { formatPercent } from '../../../shared/format.ts';

/** A share of 1; null: there is none. */
export const percentCell = (share: number | null): string =>
  share === null ? '–' : formatPercent(share);

/** Columns as wide as their widest cell; those that hold numbers only to the right. A line each. */
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
