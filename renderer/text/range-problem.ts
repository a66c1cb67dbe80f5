import { inLanguage } from '../../shared/format.ts';
import * as v from 'valibot';
import type { Field } from '../../shared/fields/field.ts';
import { bordersOf, type NumberRange } from '../../shared/fields/ranges.ts';
import { currentLanguage, withinSentence } from '../../shared/language.ts';
import { numberIn } from '../../shared/schema-parts.ts';

const shownNumber = (value: number): string => value.toLocaleString(currentLanguage());

/**
 * What is wrong with a number that was typed into a setting's field; null: nothing.
 * @param value NaN where no number was typed
 */
export function rangeProblem(
  { label, noun = withinSentence(label) }: Field,
  range: NumberRange,
  value: number,
): string | null {
  if (v.is(numberIn(noun, range), value)) return null;
  const { least, most } = bordersOf(range);
  switch (range.kind) {
    case 'whole':
      return `Enter a whole number from ${shownNumber(least)} to ${shownNumber(most)}.`;
    case 'between':
      return `Enter a number from ${shownNumber(least)} to ${shownNumber(most)}.`;
    case 'positive':
      return value > 0 && value < least
        ? `The smallest is ${inLanguage(least.toPrecision(3))}: less is 0 to TensorFlow.`
        : `The ${noun} must be greater than 0, and at most ${shownNumber(most)}.`;
    case 'share':
      return 'Enter a number from 0 to less than 1.';
  }
}
