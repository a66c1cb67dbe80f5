import type { LayerConfig } from '../../../shared/config.ts';
import type { NetworkShape } from '../../../shared/network-shape.ts';
import { DType, type GraphBuilder, type Tensor } from './builder.ts';
import { gatherRows, pack, pad, range, slice } from './arrays.ts';
import { add, binary, multiply } from './ops.ts';

/**
 * How a batch is laid out on its way through the network. The layout does not change the result, except for the order of sums and for the
 * units that dropout drops: a mask's bytes apply to units in their order in memory, which depends on the images side by side.
 */
export interface Layout {
  /** Number of parts of a batch that go through the network separately, at the same time; their gradients are added up. */
  readonly shards: number;
  /** Number of images that lie side by side in one row, as in interleaving.ts. */
  readonly sideBySide: number;
}

/** The whole batch in one part, with each image in rows of its own. */
export const UNDIVIDED: Layout = { shards: 1, sideBySide: 1 };

/** The widest layout that pays: more images side by side gain nothing, and leave fewer rows to share among threads. */
export const WIDEST: Layout = { shards: 2, sideBySide: 8 };

/** Whether an example's result in training depends on the other examples; if so, no image may be added only to fill a batch up. */
export const mixesExamples = (layers: readonly LayerConfig[]): boolean =>
  layers.some(({ type }) => type === 'batch-normalization');

/** Whether a layer computes the same with images side by side. */
function allowsSideBySide(layer: LayerConfig): boolean {
  if (layer.type !== 'convolution') return true;
  const [, width] = layer.kernel;
  // `same` pads one column more on one side of an even window; of k images' columns TensorFlow would put some on the other side.
  const alike = layer.padding === 'valid' || (layer.padding === 'same' && width % 2 === 1);
  return alike && layer.stride.every((step) => step === 1);
}

/** The largest part of a batch that may be added to fill it up: what a wider layout gains is more. */
const MOST_FILLING = 1 / 16;

/** Number of examples of a batch once it is filled up. */
export const filledSize = (batchSize: number, { shards, sideBySide }: Layout): number =>
  Math.ceil(batchSize / (shards * sideBySide)) * shards * sideBySide;

/**
 * The layout for a network and a batch size: the widest that adds few images to fill the batch up.
 * @param most the widest layout allowed, both numbers powers of two
 */
export function layoutOf(network: NetworkShape, batchSize: number, most: Layout): Layout {
  const layers = network.layers.map(({ layer }) => layer);
  if (mixesExamples(layers)) return { shards: Math.min(most.shards, batchSize), sideBySide: 1 };
  const canLie =
    layers.some(({ type }) => type === 'convolution') && layers.every(allowsSideBySide);
  const widths = powersDownFrom(canLie ? most.sideBySide : 1);
  const layouts = powersDownFrom(most.shards).flatMap((shards) =>
    widths.map((sideBySide) => ({ shards, sideBySide })),
  );
  const pays = (layout: Layout): boolean =>
    filledSize(batchSize, layout) <= batchSize * (1 + MOST_FILLING);
  return layouts.find(pays) ?? UNDIVIDED;
}

/** From a power of two down to one. */
const powersDownFrom = (largest: number): number[] =>
  largest > 1 ? [largest, ...powersDownFrom(largest / 2)] : [1];

/** One of several nearly equal parts of a batch. */
export interface Rows {
  /** int32 scalar. */
  count: Tensor;
  /** [N, …] -> [count, …]. */
  of: (x: Tensor) => Tensor;
}

/**
 * Divides a batch's rows into `shards` parts whose sizes differ by at most one.
 * @param examples N, int32 scalar
 */
export function rowsOfShards(g: GraphBuilder, examples: Tensor, shards: number): Rows[] {
  if (shards === 1) return [{ count: examples, of: (x) => x }];
  const start = (k: number): Tensor =>
    binary(g, 'FloorDiv', multiply(g, examples, g.int(k)), g.int(shards));
  return Array.from({ length: shards }, (_, k) => {
    const count = binary(g, 'Sub', start(k + 1), start(k));
    const numbers = add(g, range(g, count), start(k));
    return { count, of: (x) => gatherRows(g, x, numbers) };
  });
}

/** A batch filled up with its own first examples to a multiple that a layout asks for. */
export interface Filled {
  /** [N', …]. */
  images: Tensor;
  /** N', int32 scalar. */
  examples: Tensor;
}

/**
 * images [N, …] -> [N', …], N' the least multiple of `multiple` that holds them all.
 * @param examples N, int32 scalar
 */
export function fillUp(
  g: GraphBuilder,
  images: Tensor,
  examples: Tensor,
  multiple: number,
): Filled {
  if (multiple === 1) return { images, examples };
  const groups = binary(g, 'FloorDiv', add(g, examples, g.int(multiple - 1)), g.int(multiple));
  const count = multiply(g, groups, g.int(multiple));
  const numbers = binary(g, 'FloorMod', range(g, count), examples);
  return { images: gatherRows(g, images, numbers), examples: count };
}

/** Removes the rows that filled the batch up, [N', M] -> [N, M]; `withFilling` puts zeros in their place again. */
export const withoutFilling = (g: GraphBuilder, x: Tensor, examples: Tensor): Tensor =>
  slice(g, x, [0, 0], pack(g, [examples, g.int(-1)], DType.int32));

export function withFilling(g: GraphBuilder, x: Tensor, examples: Tensor, filled: Tensor): Tensor {
  const after = binary(g, 'Sub', filled, examples);
  return pad(g, x, pack(g, [g.int(0), after, g.int(0), g.int(0)], DType.int32));
}
