/** Of one class, from a confusion matrix. */
export interface ClassMetrics {
  /** Share of the answers with this class that were right; null where there was no such answer. */
  precision: number | null;
  /** Share of this class's examples that were found; null where there was no such example. */
  recall: number | null;
  /** How many examples there are of it. */
  examples: number;
}

const sumOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** @param confusion how many examples of each class (row) were given each answer (column) */
export function classMetrics(confusion: readonly (readonly number[])[]): ClassMetrics[] {
  return confusion.map((row, of) => {
    const right = row[of] ?? 0;
    const answers = sumOf(confusion.map((other) => other[of] ?? 0));
    return {
      precision: shareOf(right, answers),
      recall: shareOf(right, sumOf(row)),
      examples: sumOf(row),
    };
  });
}
