import type { ExampleShape } from '../../../shared/network-shape.ts';
import type { GraphBuilder, Tensor } from './builder.ts';
import { reshape, transpose } from './arrays.ts';

/**
 * Images laid side by side, column by column: [N, H, W, C] -> [N/k, H, W·k, C]. The first columns of k images come first, then their second
 * columns, and so on. In such a row, a convolution with dilation k sees exactly what it sees in each image alone, padding included; for
 * pooling, the k images are just more channels. So the network computes the same on rows k times as long, which oneDNN's kernels process
 * faster: rows of 7 or 14 pixels fill its registers badly.
 */

/** The shape of k examples side by side, each of the given shape. */
export const rowsSideBySide = (shape: readonly number[], k: number): readonly number[] => {
  const [height, width, channels] = shape;
  return height === undefined || width === undefined || channels === undefined
    ? shape
    : [height, width * k, channels];
};

/** Views [N/k, H, W·k, C] as [N/k, H, W, k·C], which is the same in memory. `asColumns` is the inverse. */
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
export function interleaveImages(
  g: GraphBuilder,
  x: Tensor,
  shape: ExampleShape,
  k: number,
): Tensor {
  if (k === 1) return x;
  const [height, width = 1, channels = 1] = shape;
  const images = reshape(g, x, [-1, k, height, width, channels]);
  return asColumns(g, transpose(g, images, [0, 2, 3, 1, 4]), shape, k);
}

/** [N/k, H, W·k, C] -> [N, H, W, C]. */
export function separateImages(g: GraphBuilder, x: Tensor, shape: ExampleShape, k: number): Tensor {
  if (k === 1) return x;
  const [height, width = 1, channels = 1] = shape;
  const rows = reshape(g, x, [-1, height, width, k, channels]);
  return reshape(g, transpose(g, rows, [0, 3, 1, 2, 4]), [-1, height, width, channels]);
}
