import { axisWords, type SlideAxis } from './axis-words.ts';
import { formatNumber } from './format.ts';
import { windowWord, type Slide, type SlidingLayer } from './sliding.ts';

/** A layer's size as a formula with its numbers, and notes on it. */

export interface Formula {
  /** The axes for which it holds. */
  axis: SlideAxis;
  /** (input − kernel + padding) / stride + 1 */
  form: string;
  /** (14 − 3 + 0) / 2 + 1 = 6.5 */
  numbers: string;
  /** The output's size; the layer is impossible if it is below one. */
  result: number;
  isRoundedDown: boolean;
}

const zerosOf = ({ pads }: Slide): number => pads[0] + pads[1];
const exactOutput = (slide: Slide): number =>
  (slide.input - slide.window + zerosOf(slide)) / slide.stride + 1;

const numbersOf = (slide: Slide): string => {
  const exact = formatNumber(Number(exactOutput(slide).toFixed(2))).replace('-', '−');
  return `(${slide.input} − ${slide.window} + ${zerosOf(slide)}) / ${slide.stride} + 1 = ${exact}`;
};

/** Treats rows and columns together if they are the same. */
function slidesByAxis([rows, columns]: readonly [Slide, Slide]): [Formula['axis'], Slide][] {
  const alike = numbersOf(rows) === numbersOf(columns) && rows.unseen === columns.unseen;
  return alike
    ? [['rows and columns', rows]]
    : [
        ['rows', rows],
        ['columns', columns],
      ];
}

const formulaWords = {
  input: 'input',
  kernel: 'kernel',
  window: 'window',
  padding: 'padding',
  stride: 'stride',
};

export const sizeFormulas = (
  layer: SlidingLayer,
  slides: readonly [rows: Slide, columns: Slide],
): Formula[] =>
  slidesByAxis(slides).map(([axis, slide]) => ({
    axis,
    form: `(${formulaWords.input} − ${formulaWords[windowWord(layer)]} + ${formulaWords.padding}) / ${formulaWords.stride} + 1`,
    numbers: numbersOf(slide),
    result: slide.output,
    isRoundedDown: !Number.isInteger(exactOutput(slide)),
  }));

/** Such as: the last row; the last 2 rows and columns. */
function lastOnes(axis: Formula['axis'], count: number): string {
  if (count > 1) return `the last ${count} ${axisWords(axis)}`;
  if (axis === 'rows and columns') return 'the last row and the last column';
  return axis === 'rows' ? 'the last row' : 'the last column';
}

/** Notes on a layer that fits, but may surprise. */
export const sizeNotes = (
  layer: SlidingLayer,
  slides: readonly [rows: Slide, columns: Slide],
): string[] =>
  slidesByAxis(slides).flatMap(([axis, slide]) => {
    const { window, stride, output, unseen } = slide;
    const notes: string[] = [];
    if (!Number.isInteger(exactOutput(slide))) {
      const left =
        unseen > 0
          ? `no window reaches ${lastOnes(axis, unseen)}`
          : `only padding is left out of the ${axisWords(axis)}`;
      notes.push(`${numbersOf(slide)} is rounded down to ${output}: ${left}.`);
    }
    if (stride > window && output > 1)
      notes.push(
        `Its stride of ${stride} is wider than its ${formulaWords[windowWord(layer)]} of ${window}: ${axisWords(axis)} between two windows are passed over.`,
      );
    return notes;
  });
