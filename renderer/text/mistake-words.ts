import type { ExaminedPart } from '../../shared/dataset-parts.ts';
import { formatCount, formatFixed, formatPercent } from '../../shared/format.ts';
import type { EvaluatedScore } from '../../shared/score.ts';
import { classNameAt } from './class-words.ts';

/** What the window says of an evaluation. */

/** One of the examples that were evaluated; several with an s. */
export const exampleWords: Record<ExaminedPart, string> = {
  train: 'training image',
  validation: 'validation image',
  test: 'test image',
  own: 'own drawing',
};
export const manyExamplesWords: Record<ExaminedPart, string> = {
  train: 'training images',
  validation: 'validation images',
  test: 'test images',
  own: 'own drawings',
};

const oftenWords: Readonly<Record<number, string | undefined>> = { 1: 'once', 2: 'twice' };

/** How often, in words: once, twice, 12 times. */
export const timesText = (count: number): string =>
  oftenWords[count] ?? `${formatCount(count)} times`;

/**
 * What a screen full of numbers says: how much is right, and what is confused most.
 * @param examples how many were evaluated; null where the score does not tell
 * @param mix the most frequent confusion; null where there is none, undefined where it is not known
 */
export function mistakesSentence(
  { accuracy }: Pick<EvaluatedScore, 'accuracy'>,
  part: ExaminedPart,
  examples: number | null,
  mix: { of: number; takenFor: number; count: number } | null | undefined,
  classNames: readonly string[],
): string {
  const counted = examples === null ? '' : `${formatCount(examples)} `;
  const one = exampleWords[part];
  const images = `${counted}${examples === 1 ? one : manyExamplesWords[part]}`;
  if (accuracy === 1)
    return examples === 1 ? `The only ${one} is right.` : `All ${images} are right.`;
  const right = `${formatPercent(accuracy)} of ${examples === null ? 'the ' : ''}${images} ${examples === 1 ? 'is' : 'are'} right`;
  if (!mix) return `${right}.`;
  if (mix.count === 1) return `${right}; no class is taken for the same other more than once.`;
  const [truth, takenFor] = [mix.of, mix.takenFor].map((label) => classNameAt(classNames, label));
  return `${right}; ${truth} is taken for ${takenFor} most often, ${timesText(mix.count)}.`;
}

/** What a cell says where it is pointed at: which it is, and how much of its row. */
export function cellText(
  { of, takenFor, count }: { of: number; takenFor: number; count: number },
  examples: number,
  classNames: readonly string[],
): string {
  const [truth, answer] = [of, takenFor].map((label) => classNameAt(classNames, label));
  const share =
    examples === 0 ? '' : ` of ${formatCount(examples)} (${formatPercent(count / examples)})`;
  return of === takenFor
    ? `${truth}, found: ${formatCount(count)}${share}`
    : `${truth} taken for ${answer}: ${formatCount(count)}${share}`;
}

/** A share of a row, in per cent and without the sign, which the whole column would repeat. */
export function shareText(count: number, examples: number): string {
  const share = count / examples;
  if (share === 1) return '100';
  return share < 0.0005 ? '<0.1' : formatPercent(share).replace(' %', '');
}

/** What will be seen where nothing was evaluated, and when. */
export const unevaluatedSentence = (epochsDone: number): string =>
  epochsDone === 0
    ? 'After the first epoch, this place shows which classes the network takes for which, and how well it knows each.'
    : 'This run keeps no images for validation: what the network takes for what is measured by the test, at the run’s end.';

/** Which evaluation it is, as a list of them says it. */
export const evaluationLabel = ({
  part,
  epoch,
  step,
}: {
  part: 'validation' | 'test';
  epoch: number;
  step: number;
}): string =>
  part === 'test'
    ? `Test, after step ${formatCount(step)}`
    : `Validation, epoch ${formatCount(epoch)} (step ${formatCount(step)})`;

/** Which image it is: test image 938. */
export const exampleName = (part: ExaminedPart, number: number): string =>
  `${exampleWords[part]} ${formatCount(number)}`;

/** A loss as a thumbnail has room for it. */
export const lossText = (loss: number): string =>
  Number.isFinite(loss)
    ? loss < 9.95
      ? formatFixed(loss, loss < 0.0995 ? 2 : 1)
      : loss.toFixed(0)
    : '∞';
