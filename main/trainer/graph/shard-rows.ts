import { DType, type GraphBuilder, type Tensor } from './builder.ts';
import { gatherRows, range, split, splitBySizes } from './arrays.ts';
import { rowsOfShards, type Filled } from './layout.ts';
import { binary, cast, compare, multiply, select } from './ops.ts';

/** How a batch goes through the network in a layout. */
export interface ShardRows {
  /** All examples that do, int32 scalar; and those of the batch itself. */
  examples: Tensor;
  distinct: Tensor;
  /** [N', …] -> a part for each shard. */
  split: (x: Tensor) => Tensor[];
  /** n / N' of each shard, float32 scalars. */
  shares: readonly Tensor[];
}

/** Equal parts. */
export const equalShards = (
  g: GraphBuilder,
  examples: Tensor,
  shards: number,
  distinct = examples,
): ShardRows => ({
  examples,
  distinct,
  split: (x) => split(g, x, shards),
  shares: Array.from({ length: shards }, () => g.float(1 / shards)),
});

/** Parts of sizes that are no more than one apart, of a batch with at least `shards` examples. */
export function nearlyEqualShards(
  g: GraphBuilder,
  examples: Tensor,
  shards: number,
  distinct: Tensor,
): ShardRows {
  if (shards === 1) return equalShards(g, examples, shards, distinct);
  const all = cast(g, examples, DType.float32);
  const sizes = rowsOfShards(g, examples, shards).map(({ count }) => count);
  return {
    examples,
    distinct,
    split: (x) => splitBySizes(g, x, sizes),
    shares: sizes.map((size) => binary(g, 'RealDiv', cast(g, size, DType.float32), all)),
  };
}

/**
 * A batch with fewer than `least` examples, so often one after the other, and any other once. With its gradient shared out among
 * them a step is the same: means over the batch are the same.
 */
export interface Repeated extends Filled {
  /** Gradients of the batch, [N, M] -> [N', M]. */
  shareOut: (gradient: Tensor) => Tensor;
}

/** @param examples N, int32 scalar */
export function repeatFew(
  g: GraphBuilder,
  images: Tensor,
  examples: Tensor,
  least: number,
): Repeated {
  const times = select(g, compare(g, 'Less', examples, g.int(least)), g.int(least), g.int(1));
  const count = multiply(g, examples, times);
  const numbers = binary(g, 'FloorMod', range(g, count), examples);
  const share = binary(g, 'RealDiv', g.float(1), cast(g, times, DType.float32));
  return {
    images: gatherRows(g, images, numbers),
    examples: count,
    shareOut: (gradient) => multiply(g, gatherRows(g, gradient, numbers), share),
  };
}
