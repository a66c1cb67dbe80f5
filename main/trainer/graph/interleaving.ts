import type { LayerConfig } from '../../../shared/config.ts';
import type { ExampleShape, NetworkShape } from '../../../shared/network-shape.ts';
import { DType, type GraphBuilder, type Tensor } from './builder.ts';
import {
  add,
  binary,
  gatherRows,
  multiply,
  pack,
  pad,
  range,
  reshape,
  slice,
  transpose,
} from './ops.ts';

/**
 * Images laid side by side, column by column: [N, H, W, C] -> [N/k, H, W·k, C], first the first columns of k images, then their
 * second ones, and so on. A convolution whose window's columns lie k apart sees in such a row just what it sees in each image by
 * itself, padding included; to pooling the k images are so many more channels. So the network computes the same on rows k times as
 * long, which oneDNN's kernels go through faster: rows of 7 or 14 pixels fill its registers badly.
 */

/** Of more there is nothing left to gain, and fewer rows are left to share among threads. */
export const MOST_SIDE_BY_SIDE = 8;

/** Whether a layer gives the same in this layout. */
function fits(layer: LayerConfig): boolean {
  if (layer.type === 'batch-normalization') return false; // What fills up the last batch would count.
  if (layer.type !== 'convolution') return true;
  const [, width] = layer.kernel;
  // An even window has one column of zeros more on one side than on the other; TensorFlow would share k of them out.
  const alike = layer.padding === 'valid' || (layer.padding === 'same' && width % 2 === 1);
  return alike && layer.stride.every((step) => step === 1);
}

/** How many images a network is to be given side by side; 1: each by itself. @param most a power of two */
export function imagesSideBySide(
  { layers }: NetworkShape,
  batchSize: number,
  most: number,
): number {
  const convolves = layers.some(({ layer }) => layer.type === 'convolution');
  if (!convolves || !layers.every(({ layer }) => fits(layer))) return 1;
  let count = most;
  while (batchSize % count !== 0) count /= 2;
  return count;
}

/** Shape of what lies side by side, for the shape of one example. */
export const rowsSideBySide = (shape: readonly number[], k: number): readonly number[] => {
  const [height, width, channels] = shape;
  return height === undefined || width === undefined || channels === undefined
    ? shape
    : [height, width * k, channels];
};

/** [N/k, H, W·k, C] as [N/k, H, W, k·C], which lies in memory as it did; and the way back. */
export const asChannels = (
  g: GraphBuilder,
  x: Tensor,
  [height, width = 1, channels = 1]: ExampleShape,
  k: number,
): Tensor => (k === 1 ? x : reshape(g, x, [-1, height, width, k * channels]));

export const asColumns = (
  g: GraphBuilder,
  x: Tensor,
  shape: readonly number[],
  k: number,
): Tensor => (k === 1 ? x : reshape(g, x, [-1, ...rowsSideBySide(shape, k)]));

/** [N, H, W, C] -> [N/k, H, W·k, C]; N is a multiple of k. */
export function interleave(g: GraphBuilder, x: Tensor, shape: ExampleShape, k: number): Tensor {
  if (k === 1) return x;
  const [height, width = 1, channels = 1] = shape;
  const images = reshape(g, x, [-1, k, height, width, channels]);
  return asColumns(g, transpose(g, images, [0, 2, 3, 1, 4]), shape, k);
}

/** [N/k, H, W·k, C] -> [N, H, W, C]. */
export function separate(g: GraphBuilder, x: Tensor, shape: ExampleShape, k: number): Tensor {
  if (k === 1) return x;
  const [height, width = 1, channels = 1] = shape;
  const rows = reshape(g, x, [-1, height, width, k, channels]);
  return reshape(g, transpose(g, rows, [0, 3, 1, 2, 4]), [-1, height, width, channels]);
}

/** A batch filled up with its own first examples, for it to be a multiple of k. */
export interface Filled {
  /** [N', …]. */
  images: Tensor;
  /** N', int32 scalar. */
  examples: Tensor;
}

/** @param examples N, int32 scalar */
export function fillUp(g: GraphBuilder, images: Tensor, examples: Tensor, k: number): Filled {
  if (k === 1) return { images, examples };
  const groups = binary(g, 'FloorDiv', add(g, examples, g.int(k - 1)), g.int(k));
  const count = multiply(g, groups, g.int(k));
  const numbers = binary(g, 'FloorMod', range(g, count), examples);
  return { images: gatherRows(g, images, numbers), examples: count };
}

/** The rows of the batch alone, [N', M] -> [N, M]; and the way back, with zeros for the others. */
export const withoutFilling = (g: GraphBuilder, x: Tensor, examples: Tensor): Tensor =>
  slice(g, x, [0, 0], pack(g, [examples, g.int(-1)], DType.int32));

export function withFilling(g: GraphBuilder, x: Tensor, examples: Tensor, filled: Tensor): Tensor {
  const after = binary(g, 'Sub', filled, examples);
  return pad(g, x, pack(g, [g.int(0), after, g.int(0), g.int(0)], DType.int32));
}
