import type { ClassMetrics } from '../../shared/class-metrics.ts';

/** What the pictures of a confusion show, as numbers. A confusion has a row for each true class and a column for each answer. */
export type Confusion = readonly (readonly number[])[];

/** Examples of one class that were taken for another. */
export interface Mix {
  of: number;
  takenFor: number;
  count: number;
}

/** Every pair of classes that was confused, the most frequent first; of equals, in the order of the classes. */
export const mixesOf = (confusion: Confusion): Mix[] =>
  confusion
    .flatMap((row, of) => row.map((count, takenFor) => ({ of, takenFor, count })))
    .filter(({ of, takenFor, count }) => of !== takenFor && count > 0)
    .sort((a, b) => b.count - a.count);

/** Beyond this, text on the heat could not be read. */
const MOST_HEAT = 45;

/**
 * How much of the wrong's colour is mixed into a cell.
 * @param most the number that has the most heat
 * @returns per cent, 0 to 45
 */
export const heatOf = (count: number, most: number): number =>
  most > 0 ? Math.min(1, Math.max(0, count / most)) * MOST_HEAT : 0;

/** A class's numbers, and which class it is. */
export interface ClassRow extends ClassMetrics {
  label: number;
}

export const classColumns = ['label', 'precision', 'recall', 'f1', 'examples'] as const;
export type ClassColumn = (typeof classColumns)[number];

/** In the order of a column's numbers; what has none comes last in either order, and equals keep the order of the classes. */
export const sortClasses = (
  rows: readonly ClassRow[],
  column: ClassColumn,
  ascending: boolean,
): ClassRow[] =>
  [...rows].sort((a, b) => {
    const [left, right] = [a[column], b[column]];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return (ascending ? left - right : right - left) || a.label - b.label;
  });

/** Bars begin at a multiple of 5 per cent below the least share, so that shares near to each other can be told apart. */
export function barStart(shares: readonly (number | null)[]): number {
  const known = shares.filter((share) => share !== null);
  if (known.length === 0) return 0;
  return Math.max(0, (Math.ceil(Math.min(...known) * 20 - 1e-9) - 1) / 20);
}
