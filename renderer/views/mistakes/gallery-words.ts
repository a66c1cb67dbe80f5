import { formatCount, formatPercent } from '../../../shared/format.ts';
import type { Change, ExampleFilter, ExampleOrder, Sureness } from '../../chart/example-choice.ts';
import type { Reliability } from '../../../shared/reliability.ts';
import { classNameAt } from '../../text/class-words.ts';

/** What the gallery of a part's images says. */

export const orderWords: Record<ExampleOrder, string> = {
  loss: 'highest loss',
  doubt: 'least sure',
  number: 'number',
};
export const surenessWords: Record<Sureness, string> = {
  any: 'any',
  'over-90': '> 90 %',
  'under-50': '< 50 %',
};
export const answersWords: Record<ExampleFilter['answers'], string> = {
  all: 'all',
  wrong: 'wrong',
  right: 'right',
  marked: 'marked',
};
export const changeWords: Record<Change, string> = {
  fixed: 'fixed',
  broken: 'newly broken',
  'still-wrong': 'still wrong',
};

/** What the gallery shows: 3 read as 5, All mistakes, Newly broken since step 860. */
export function galleryHeading(
  { of, takenFor, answers, change }: ExampleFilter,
  since: number | null,
  classNames: readonly string[],
): string {
  const name = (label: number): string => classNameAt(classNames, label);
  if (change !== null) {
    const words = changeWords[change];
    const after = since === null ? '' : ` since step ${formatCount(since)}`;
    return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}${after}`;
  }
  if (of !== null && takenFor !== null) return `${name(of)} read as ${name(takenFor)}`;
  if (of !== null) return `${name(of)}, ${answersWords[answers]}`;
  if (takenFor !== null) return `Read as ${name(takenFor)}, ${answersWords[answers]}`;
  if (answers === 'marked') return 'Marked: label is wrong';
  return { all: 'All images', wrong: 'Mistakes', right: 'What was right' }[answers];
}

export const CALIBRATION_ERROR = 'expected calibration error';

/** What each bin of the diagram says that holds any answers. */
export const reliabilityReadings = (before: Reliability, after: Reliability | null): string[] =>
  before.bins.flatMap(({ from, to, count, accuracy, confidence }, k) => {
    if (accuracy === null || confidence === null) return [];
    const between = `${Math.round(from * 100)} to ${Math.round(to * 100)} %`;
    const told = `${between}: says ${formatPercent(confidence)}, right ${formatPercent(accuracy)}, of ${formatCount(count)}`;
    const { accuracy: right = null, confidence: says = null } = after?.bins[k] ?? {};
    return right === null || says === null
      ? [told]
      : [`${told}; after scaling says ${formatPercent(says)}, right ${formatPercent(right)}`];
  });

/** The sentence of a reliability diagram. */
export function reliabilitySentence({ expectedError, accuracy, confidence }: Reliability): string {
  const off = `${CALIBRATION_ERROR} ${formatPercent(expectedError)}`;
  const told = `It says ${formatPercent(confidence)} on average and is right ${formatPercent(accuracy)} of the time`;
  const gap = confidence - accuracy;
  // Less than a rounding of the shown numbers is no tendency.
  if (Math.abs(gap) < 0.0005) return `${told}; ${off}.`;
  return `${told}: it is ${gap > 0 ? 'surer' : 'less sure'} than it should be; ${off}.`;
}
