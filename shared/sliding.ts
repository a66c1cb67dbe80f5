import type { LayerOf, Padding } from './config.ts';

/** Where a window fits that is moved over an image: the arithmetic of convolution and pooling. */

/** Rows or columns of zeros before and after. */
export type Pads = readonly [before: number, after: number];

/** A window's way along one axis of an image. */
export interface Slide {
  /** Rows or columns of the image, and of the window. */
  input: number;
  window: number;
  stride: number;
  pads: Pads;
  /** Places of the window; below one, it does not fit. */
  output: number;
  /** The last rows or columns of the image, which are in no window. */
  unseen: number;
}

/**
 * Output size along one axis by the tutorial's formula (W − F + P) / S + 1, where W is the input size, F the window, S the stride
 * and P all zeros put around: none for `valid`, for `same` what makes the output ⌈W / S⌉ (TensorFlow's rule: half of it before,
 * the odd one after). Where the division leaves a rest the output is rounded down, as TensorFlow does it, and so many of the last
 * rows are left out; those of them that are no zeros are `unseen`.
 */
export function slide(
  input: number,
  window: number,
  stride: number,
  padding: 'same' | 'valid' | Pads,
): Slide {
  let pads: Pads = [0, 0];
  if (padding === 'same') {
    const total = Math.max((Math.ceil(input / stride) - 1) * stride + window - input, 0);
    pads = [Math.floor(total / 2), Math.ceil(total / 2)];
  } else if (padding !== 'valid') {
    pads = padding;
  }
  const way = input - window + pads[0] + pads[1];
  return {
    ...{ input, window, stride, pads },
    output: Math.floor(way / stride) + 1,
    unseen: Math.max((way % stride) - pads[1], 0),
  };
}

export type SlidingLayer = LayerOf<'convolution'> | LayerOf<'pooling'>;

export const isSlidingLayer = (layer: { type: string }): layer is SlidingLayer =>
  layer.type === 'convolution' || layer.type === 'pooling';

/** [height, width] of what a layer moves over its input. */
export const windowOf = (layer: SlidingLayer): [number, number] =>
  layer.type === 'convolution' ? layer.kernel : layer.size;

/** What a layer's window is called. */
export const windowWord = ({ type }: SlidingLayer): 'kernel' | 'window' =>
  type === 'convolution' ? 'kernel' : 'window';

const padsOf = (padding: Padding): ['same' | 'valid' | Pads, 'same' | 'valid' | Pads] =>
  typeof padding === 'string'
    ? [padding, padding]
    : [
        [padding.top, padding.bottom],
        [padding.left, padding.right],
      ];

/** A layer's way down an image [height, width, …], and to the right. */
export function slideOver(
  layer: SlidingLayer,
  [height, width]: readonly [number, number, ...number[]],
): [rows: Slide, columns: Slide] {
  const [window, pads] = [windowOf(layer), padsOf(layer.padding)];
  return [
    slide(height, window[0], layer.stride[0], pads[0]),
    slide(width, window[1], layer.stride[1], pads[1]),
  ];
}

/** Whether any window holds more than padding. */
export function reachesImage({ input, window, stride, pads: [before], output }: Slide): boolean {
  const first = Math.max(Math.floor((before - window) / stride) + 1, 0);
  return first < output && first * stride < before + input;
}
