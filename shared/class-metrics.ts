import type { EvaluatedScore, PerClass } from './score.ts';

/** The metrics of one class. */
export interface ClassMetrics {
  /** Share of the answers with this class that were right; null where there was no such answer. */
  precision: number | null;
  /** Share of this class's examples that were found; null where there was no such example. */
  recall: number | null;
  /** Harmonic mean of both; 0 if no example was found, null if there were neither examples nor answers. */
  f1: number | null;
  /** Number of examples of the class. */
  examples: number;
}

const sumOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** @param confusion number of examples of each class (row) that were given each answer (column) */
export function perClassOf(confusion: readonly (readonly number[])[]): PerClass {
  const answered = confusion.map(() => 0);
  for (const row of confusion)
    row.forEach((count, answer) => (answered[answer] = (answered[answer] ?? 0) + count));
  return {
    examples: confusion.map(sumOf),
    correct: confusion.map((row, of) => row[of] ?? 0),
    answered,
  };
}

/** Metrics of each class; null if the score of an earlier version does not have them. */
export function classMetricsOf({ confusion, perClass }: EvaluatedScore): ClassMetrics[] | null {
  const counts = confusion ? perClassOf(confusion) : perClass;
  if (!counts) return null;
  return counts.examples.map((examples, of) => {
    const right = counts.correct[of] ?? 0;
    const answered = counts.answered[of] ?? 0;
    return {
      precision: shareOf(right, answered),
      recall: shareOf(right, examples),
      f1: shareOf(2 * right, examples + answered),
      examples,
    };
  });
}
