import { classMetricsOf } from '../../../shared/class-metrics.ts';
import { printable } from '../../../shared/shown.ts';
import { percentCell, textTable } from './text-table.ts';
import type { DiagnosticsEvent } from '../../../shared/trainer-events.ts';
import type { EvaluatedScore } from '../../../shared/score.ts';

/** What the original program did not tell, line by line. */

const normText = (value: number | null): string => (value === null ? '–' : value.toExponential(2));

/** From so many classes on, five answers tell more than two. */
const MANY_CLASSES = 11;

/** Longer tables of classes say too much at once; npm run evaluate prints them whole with --json. */
const MOST_CONFUSED = 20;

/**
 * Second tries, of many classes also fifth ones, and each class by itself.
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

/** A name may be anything, and long. */
const nameOf = (label: number, classNames: readonly string[]): string =>
  printable(classNames[label] ?? String(label)).slice(0, 40);

/** Which classes were taken for which: a row a true class. Nothing where there are too many. */
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
