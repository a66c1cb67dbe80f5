import { classMetrics } from '../../../shared/class-metrics.ts';
import { percentCell, textTable } from './text-table.ts';
import type { DiagnosticsEvent } from '../../../shared/trainer-events.ts';
import type { EvaluatedScore } from '../../../shared/score.ts';

/** What the original program did not tell, line by line. */

const normText = (value: number | null): string => (value === null ? '–' : value.toExponential(2));

/** Second tries, and each class by itself. */
export function classLines({ topTwo, confusion }: EvaluatedScore): string[] {
  if (topTwo === undefined || !confusion) return [];
  const rows = classMetrics(confusion).map(({ precision, recall }, k) =>
    [
      String(k).padStart(5),
      percentCell(precision).padStart(9),
      percentCell(recall).padStart(7),
    ].join('  '),
  );
  return [
    `Among the first two answers: ${percentCell(topTwo)}`,
    'Class  Precision   Recall',
    ...rows,
  ];
}

/** What one step did to each layer. */
export const diagnosticsLines = ({ step, layers }: DiagnosticsEvent): string[] =>
  textTable(
    [`Step ${step}`, 'gradient', 'update', 'weights', 'dead'],
    layers.map(({ name, gradientNorm, updateNorm, weightNorm, deadShare }) => [
      name,
      normText(gradientNorm),
      normText(updateNorm),
      normText(weightNorm),
      percentCell(deadShare),
    ]),
  );
