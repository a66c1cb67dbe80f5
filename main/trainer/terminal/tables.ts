import { classMetrics } from '../../../shared/class-metrics.ts';
import type { DiagnosticsEvent, EvaluatedScore } from '../../../shared/trainer-events.ts';
import { percent, textTable } from './text-table.ts';

/** What the original program did not tell, line by line. */

const norm = (value: number | null): string => (value === null ? '–' : value.toExponential(2));

/** Second tries, and each class by itself. */
export function classLines({ topTwo, confusion }: EvaluatedScore): string[] {
  if (topTwo === undefined || !confusion) return [];
  const rows = classMetrics(confusion).map(({ precision, recall }, k) =>
    [String(k).padStart(5), percent(precision).padStart(9), percent(recall).padStart(7)].join('  '),
  );
  return [`Among the first two answers: ${percent(topTwo)}`, 'Class  Precision   Recall', ...rows];
}

/** What one step did to each layer. */
export const diagnosticsLines = ({ step, layers }: DiagnosticsEvent): string[] =>
  textTable(
    [`Step ${step}`, 'gradient', 'update', 'weights', 'dead'],
    layers.map(({ name, gradientNorm, updateNorm, weightNorm, deadShare }) => [
      name,
      norm(gradientNorm),
      norm(updateNorm),
      norm(weightNorm),
      percent(deadShare),
    ]),
  );
