import { formatNumber } from '../format.ts';

/** The ranges of settings. The schema, the texts of refusals, the help text and the form use them. */

export type NumberRange =
  | { kind: 'whole'; least: number; most: number }
  | { kind: 'between'; least: number; most: number }
  | { kind: 'positive'; most: number }
  /** A share of units or weights: at least 0, less than 1. */
  | { kind: 'share' };

export type Range =
  | NumberRange
  /** [height, width], each from 1. */
  | { kind: 'size'; most: number }
  /** "same", "valid", or a number of rows and columns of zeros for each of four sides. */
  | { kind: 'padding'; most: number }
  | { kind: 'choice'; choices: readonly (string | number)[] }
  | { kind: 'yes-no' }
  /** Red, green and blue as "#rrggbb". */
  | { kind: 'colour' }
  | { kind: 'text' }
  /** A list of images, by what each is found again by. */
  | { kind: 'images' }
  /** Null, or an object of the settings whose paths begin with this one's. */
  | { kind: 'parts' };

/** TensorFlow uses float32: numbers that would become 0 or 1 there are not accepted as more than 0 or less than 1. */
export const SMALLEST = 2 ** -126;
export const BELOW_ONE = 1 - 2 ** -25;

export const wholeFrom = (least: number, most: number) => ({ kind: 'whole', least, most }) as const;
export const numberFrom = (least: number, most: number) =>
  ({ kind: 'between', least, most }) as const;
export const positiveUpTo = (most: number) => ({ kind: 'positive', most }) as const;
export const share = { kind: 'share' } as const;
export const sizeUpTo = (most: number) => ({ kind: 'size', most }) as const;
export const paddingUpTo = (most: number) => ({ kind: 'padding', most }) as const;
export const choiceOf = (choices: readonly (string | number)[]) =>
  ({ kind: 'choice', choices }) as const;
export const anyColour = { kind: 'colour' } as const;
export const yesNo = { kind: 'yes-no' } as const;
export const anyText = { kind: 'text' } as const;
export const anyImages = { kind: 'images' } as const;
export const parts = { kind: 'parts' } as const;

export const isNumberRange = (range: Range): range is NumberRange =>
  range.kind === 'whole' ||
  range.kind === 'between' ||
  range.kind === 'positive' ||
  range.kind === 'share';

/** The least and the greatest number of a range; 1 is not part of a share. */
export function bordersOf(range: NumberRange): { least: number; most: number } {
  switch (range.kind) {
    case 'whole':
    case 'between':
      return range;
    case 'positive':
      return { least: SMALLEST, most: range.most };
    case 'share':
      return { least: 0, most: BELOW_ONE };
  }
}

/** The words of a refusal after "must be": `a whole number from 1 to 100`. */
export function rangeWords(range: NumberRange): string {
  switch (range.kind) {
    case 'whole':
      return `a whole number from ${formatNumber(range.least)} to ${formatNumber(range.most)}`;
    case 'between':
      return `a number from ${formatNumber(range.least)} to ${formatNumber(range.most)}`;
    case 'positive':
      return `a number greater than 0 (at least 1.18e-38, the least of float32) and at most ${formatNumber(range.most)}`;
    case 'share':
      return 'a number from 0 to less than 1 (at most 0.9999999, in float32)';
  }
}

/**
 * The words of a help text: `1 to 100`.
 * @param written how a number is written
 */
export function shortRangeWords(
  range: NumberRange,
  written: (value: number) => string = formatNumber,
): string {
  switch (range.kind) {
    case 'whole':
    case 'between':
      return `${written(range.least)} to ${written(range.most)}`;
    case 'positive':
      return `greater than 0, at most ${written(range.most)}`;
    case 'share':
      return 'at least 0 and less than 1';
  }
}
