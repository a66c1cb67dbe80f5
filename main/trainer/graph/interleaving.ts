import type { ExampleShape } from '../../../shared/network-shape.ts';
import type { GraphBuilder, Tensor } from './builder.ts';
import { reshape, transpose } from './arrays.ts';

/**
 * Images laid side by side, column by column: [N, H, W, C] -> [N/k, H, W·k, C], first the first columns of k images, then their
 * second ones, and so on. A convolution whose window's columns lie k apart sees in such a row just what it sees in each image by
 * itself, padding included; to pooling the k images are so many more channels. So the network computes the same on rows k times as
 * long, which oneDNN's kernels go through faster: rows of 7 or 14 pixels fill its registers badly.
 */

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
