import type { Tensor } from '../builder.ts';
import type { Differentiable } from '../differentiable.ts';
import { binary, cast, identity, multiply } from '../ops.ts';
import { keptUnits } from '../dropout-mask.ts';
import { asColumns } from '../interleaving.ts';
import { keepOnly, relu, reluGradient } from '../relu.ts';
import type { ShardContext } from '../shard-context.ts';

/**
 * 1 / (1 − rate), float32 scalar: the factor that keeps the expected output of dropout the same.
 * @param draw number of the dropout among the network's dropouts
 */
export function dropoutScale({ g, random }: ShardContext, draw: number): Tensor {
  const rate = rateOf(random.dropRates, draw);
  return binary(g, 'RealDiv', g.float(1), binary(g, 'Sub', g.float(1), rate));
}

function rateOf(rates: readonly Tensor[], draw: number): Tensor {
  const rate = rates[draw];
  if (!rate) throw new Error(`dropout ${draw} has no rate among ${rates.length}`);
  return rate;
}

/** Which units of this shard are kept, bool [N/shards, …unitShape], laid side by side like the images. */
function maskOfShard(context: ShardContext, draw: number, unitShape: readonly number[]): Tensor {
  const { shared, shard } = context;
  const mask = shared.masksOf(draw, () => masksOfShards(context, draw, unitShape))[shard];
  if (!mask) throw new Error(`there is no shard ${shard}`);
  return mask;
}

/**
 * The masks of all shards, drawn for the whole batch so that they do not depend on the number of shards. A mask waits for the first
 * primitive of the shard that makes it: if all masks were made at the start, they would hold up one shard, and the other would wait for it
 * at the loss. The first shard makes the first mask, which is mostly as large as the others together; the last shard makes the others.
 */
function masksOfShards(
  { g, random, layout, rows, shared }: ShardContext,
  draw: number,
  unitShape: readonly number[],
): Tensor[] {
  const { pool, examples, seed } = random;
  const rate = rateOf(random.dropRates, draw);
  const maker = draw === 0 ? 0 : layout.shards - 1;
  const after = layout.shards > 1 ? shared.firstOutputs.slice(maker, maker + 1) : [];
  const step = identity(g, random.step, after);
  const units = keptUnits(g, pool, rate, examples, unitShape, { seed, step, draw });
  return rows.split(asColumns(g, units, unitShape, layout.sideBySide));
}

/**
 * Zeroes each unit with the rate's probability and scales the rest (Srivastava et al. 2014), x and y of one shape. In prediction
 * y = x.
 */
export function forwardDropout(
  context: ShardContext,
  x: Tensor,
  draw: number,
  unitShape: readonly number[],
): Differentiable {
  if (!context.training) return { output: x, backward: (dy) => dy };
  const { g } = context;
  const factor = cast(g, dropoutScale(context, draw), x.type);
  const mask = multiply(g, cast(g, maskOfShard(context, draw, unitShape), x.type), factor);
  return { output: multiply(g, x, mask), backward: (dy) => multiply(g, dy, mask) };
}

/**
 * ReLU, then dropout without its scale, which an earlier layer applies (a positive factor passes through ReLU and pooling). The output is
 * zero exactly where the gradient must be, so ReLU's own gradient serves for both and no mask is kept.
 */
export function forwardReluDropout(
  context: ShardContext,
  x: Tensor,
  draw: number,
  unitShape: readonly number[],
): Differentiable {
  const { g } = context;
  const y = relu(g, x);
  const output = context.training ? keepOnly(g, y, maskOfShard(context, draw, unitShape)) : y;
  return { output, relu: y, backward: (dy) => reluGradient(g, dy, output) };
}
