import type { Padding } from './config.ts';
import { FailureError } from './ipc.ts';

/** Where a window fits that is moved over an image: the arithmetic of convolution and pooling. */

/** Rows or columns of zeros before and after. */
export type Pads = readonly [before: number, after: number];

/**
 * Output size along one axis by the tutorial's formula (W − F + P) / S + 1, where W is the input size, F the window, S the stride
 * and P all zeros put around: none for `valid`, for `same` what makes the output ⌈W / S⌉ (TensorFlow's rule: half of it before,
 * the odd one after). Where the division leaves a rest the stride does not fit: the output is rounded down and the last `unseen`
 * rows of the image are in no window, unless it is only zeros that are left out. `same` is made to fit any stride.
 */
export function slide(
  input: number,
  window: number,
  stride: number,
  padding: 'same' | 'valid' | Pads,
): { output: number; pads: Pads; unseen: number } {
  let pads: Pads = [0, 0];
  if (padding === 'same') {
    const total = Math.max((Math.ceil(input / stride) - 1) * stride + window - input, 0);
    pads = [Math.floor(total / 2), Math.ceil(total / 2)];
  } else if (padding !== 'valid') {
    pads = padding;
  }
  const way = input - window + pads[0] + pads[1];
  return {
    output: Math.floor(way / stride) + 1,
    pads,
    unseen: padding === 'same' ? 0 : Math.max((way % stride) - pads[1], 0),
  };
}

/** Whether any window holds more than padding. */
function reaches(
  input: number,
  window: number,
  stride: number,
  before: number,
  windows: number,
): boolean {
  const first = Math.max(Math.floor((before - window) / stride) + 1, 0);
  return first < windows && first * stride < before + input;
}

interface Slid {
  height: number;
  width: number;
  /** Zeros put above/below and left of/right of the image. */
  pads: { height: Pads; width: Pads };
}

/** Strides along an axis that leave no rest, as they are told: at most so many. */
const MOST_STRIDES = 6;
function strides(way: number, widest: number): string {
  const fitting = Array.from({ length: widest }, (_, k) => k + 1).filter(
    (step) => way % step === 0,
  );
  const told = fitting.slice(0, MOST_STRIDES).join(', ');
  return fitting.length > MOST_STRIDES ? `${told}, …` : told;
}

/** (28 − 3 + 0) / 2 + 1 = 13.5 */
const formula = (input: number, window: number, zeros: number, stride: number): string =>
  `(${input} − ${window} + ${zeros}) / ${stride} + 1 = ${Number(((input - window + zeros) / stride + 1).toFixed(2))}`;

export function slideOver(
  where: string,
  image: readonly [number, number, number],
  window: readonly [number, number],
  stride: readonly [number, number],
  padding: Padding,
): Slid {
  const [top, left]: ['same' | 'valid' | Pads, 'same' | 'valid' | Pads] =
    typeof padding === 'string'
      ? [padding, padding]
      : [
          [padding.top, padding.bottom],
          [padding.left, padding.right],
        ];
  const rows = slide(image[0], window[0], stride[0], top);
  const columns = slide(image[1], window[1], stride[1], left);
  const axes = [
    { axis: 'height', line: 'row', at: 0, ...rows },
    { axis: 'width', line: 'column', at: 1, ...columns },
  ] as const;
  for (const { axis, at, output, pads } of axes)
    if (output < 1)
      throw impossible(
        where,
        `its window of ${window[at]} is larger than the ${axis} it slides over, ${image[at]} + ${pads[0] + pads[1]} of padding`,
        'Make the window smaller, use padding "same", or drop an earlier pooling or stride.',
      );
  for (const { axis, at, output, pads } of axes)
    if (!reaches(image[at], window[at], stride[at], pads[0], output))
      throw impossible(
        where,
        `no window reaches the image along its ${axis}, ${image[at]} after ${pads[0]} of padding`,
        'Use less padding before it, a larger window or a smaller stride.',
      );
  for (const { axis, line, at, pads, unseen } of axes) {
    if (unseen === 0) continue;
    const zeros = pads[0] + pads[1];
    const missed = unseen === 1 ? `the last ${line}` : `the last ${unseen} ${line}s`;
    throw impossible(
      where,
      `its stride of ${stride[at]} does not fit the ${axis}: ${formula(image[at], window[at], zeros, stride[at])} is no whole number, so no window would reach ${missed}`,
      `Use padding "same", another window, or a stride that fits this one: ${strides(image[at] - window[at] + zeros, image[at])}.`,
    );
  }
  return {
    height: rows.output,
    width: columns.output,
    pads: { height: rows.pads, width: columns.pads },
  };
}

/** @param where the layer as the config has it */
export const impossible = (where: string, what: string, remedy: string): FailureError =>
  new FailureError({ what: `This network cannot be: ${what}.`, where, remedy });
