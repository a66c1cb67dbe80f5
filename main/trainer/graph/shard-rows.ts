import { DType, type GraphBuilder, type Tensor } from './builder.ts';
import { gatherRows, range, split, splitBySizes } from './arrays.ts';
import { rowsOfShards, type Filled } from './layout.ts';
import { binary, cast, compare, multiply, select } from './ops.ts';

/** How a batch is divided among the shards of a layout. */
export interface ShardRows {
  /** Number of all examples that go through the network, N', and of those of the batch itself; int32 scalars. */
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

/** Parts whose sizes differ by at most one, for a batch with at least `shards` examples. */
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
 * A batch with fewer than `least` examples, repeated `least` times; any other batch just once. The step stays the same, as means over the
 * batch do, and the gradient is shared out among the repetitions.
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
