import { classMetricsOf } from '../../../shared/class-metrics.ts';
import { printable } from '../../../shared/shown.ts';
import { percentCell, textTable } from './text-table.ts';
import type { DiagnosticsEvent } from '../../../shared/trainer-events.ts';
import type { EvaluatedScore } from '../../../shared/score.ts';

/** Formats tables that the original program did not print, line by line. */

const normText = (value: number | null): string => (value === null ? '–' : value.toExponential(2));

/** From this number of classes on, top-5 accuracy tells more than top-2. */
const MANY_CLASSES = 11;

/** A longer table of classes says too much at once; npm run evaluate prints it whole with --json. */
const MOST_CONFUSED = 20;

/**
 * Lines with top-2 accuracy, with many classes also top-5, and each class's precision and recall.
 * @param classNames in the order of the labels
 */
export function classLines(score: EvaluatedScore, classNames: readonly string[]): string[] {
  const { topTwo, topFive } = score;
  const classes = classMetricsOf(score);
  if (topTwo === undefined || !classes) return [];
  return [
    `Among the first two answers: ${percentCell(topTwo)}`,
    ...(topFive !== undefined && classes.length >= MANY_CLASSES
      ? [`Among the first five answers: ${percentCell(topFive)}`]
      : []),
    ...textTable(
      ['Class', 'Precision', 'Recall'],
      classes.map(({ precision, recall }, label) => [
        nameOf(label, classNames),
        percentCell(precision),
        percentCell(recall),
      ]),
    ),
  ];
}

/** Shortens a name, which may be anything. */
const nameOf = (label: number, classNames: readonly string[]): string =>
  printable(classNames[label] ?? String(label)).slice(0, 40);

/** The confusion matrix, with a row for each true class; nothing if there are too many classes. */
export function confusionLines(
  { confusion }: EvaluatedScore,
  classNames: readonly string[],
): string[] {
  if (!confusion || confusion.length > MOST_CONFUSED) return [];
  return [
    'Taken for (a row is what it was, a column what the network said):',
    ...textTable(
      ['', ...confusion.map((_, label) => nameOf(label, classNames).slice(0, 8))],
      confusion.map((row, label) => [nameOf(label, classNames), ...row.map(String)]),
    ),
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
