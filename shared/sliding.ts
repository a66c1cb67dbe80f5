import type { LayerOf, Padding } from './config.ts';

/** Computes where a sliding window fits on an image, for convolution and pooling. */

/** Rows or columns of zeros before and after. */
export type Pads = readonly [before: number, after: number];

/** A window that slides along one axis of an image. */
export interface Slide {
  /** Rows or columns of the image, and of the window. */
  input: number;
  window: number;
  stride: number;
  pads: Pads;
  /** Number of places of the window; below one, it does not fit. */
  output: number;
  /** Number of rows or columns at the end of the image that no window covers. */
  unseen: number;
}

/**
 * Computes the output size along one axis by the tutorial's formula (W − F + P) / S + 1, where W is the input size, F the window, S the
 * stride and P all zeros put around the image: none for `valid`; for `same` as many as make the output ⌈W / S⌉ (TensorFlow's rule: half of
 * them before, an odd one after). If the division leaves a remainder, the output is rounded down, as in TensorFlow, and that many rows at
 * the end are not covered; those of them that are not padding are `unseen`.
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

/** [height, width] of the window that a layer slides over its input. */
export const windowOf = (layer: SlidingLayer): [number, number] =>
  layer.type === 'convolution' ? layer.kernel : layer.size;

/** The word for a layer's window. */
export const windowWord = ({ type }: SlidingLayer): 'kernel' | 'window' =>
  type === 'convolution' ? 'kernel' : 'window';

const padsOf = (padding: Padding): ['same' | 'valid' | Pads, 'same' | 'valid' | Pads] =>
  typeof padding === 'string'
    ? [padding, padding]
    : [
        [padding.top, padding.bottom],
        [padding.left, padding.right],
      ];

/** How a layer's window slides down an image [height, width, …], and to the right. */
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

/** Whether any window covers more than padding. */
export function reachesImage({ input, window, stride, pads: [before], output }: Slide): boolean {
  const first = Math.max(Math.floor((before - window) / stride) + 1, 0);
  return first < output && first * stride < before + input;
}
