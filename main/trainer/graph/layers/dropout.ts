import type { Tensor } from '../builder.ts';
import { split } from '../arrays.ts';
import { binary, cast, identity, multiply } from '../ops.ts';
import { keptUnits } from '../dropout-mask.ts';
import { asColumns } from '../interleaving.ts';
import type { Differentiable, Pass } from '../pass.ts';
import { keepOnly, relu, reluGradient } from '../relu.ts';

/** 1 / (1 − rate), float32 scalar: what keeps a dropped layer's expected output the same. */
export function keepScale(pass: Pass, draw: number): Tensor {
  const { g } = pass;
  return binary(g, 'RealDiv', g.float(1), binary(g, 'Sub', g.float(1), rateOf(pass, draw)));
}

function rateOf(pass: Pass, draw: number): Tensor {
  const rate = pass.dropRates[draw];
  if (!rate) throw new Error(`dropout ${draw} has no rate among ${pass.dropRates.length}`);
  return rate;
}

/** Which units of this shard are kept, bool. */
function kept(pass: Pass, draw: number, unitShape: readonly number[]): Tensor {
  const mask = (pass.masks.get(draw) ?? masks(pass, draw, unitShape))[pass.shard];
  if (!mask) throw new Error(`there is no shard ${pass.shard}`);
  return mask;
}

/**
 * Of the whole batch, so that they are the same in any number of shards. Each is made by the shard that is to wait for it, once that
 * has its first step behind it: all at the start would hold up one shard, and the other would wait for it at the loss. The first
 * mask is mostly as large as the others together.
 */
function masks(pass: Pass, draw: number, unitShape: readonly number[]): Tensor[] {
  const { g, pool, examples, seed, layout, firstOutputs } = pass;
  const rate = rateOf(pass, draw);
  const maker = draw === 0 ? 0 : layout.shards - 1;
  const after = layout.shards > 1 ? firstOutputs.slice(maker, maker + 1) : [];
  const step = identity(g, pass.step, after);
  const units = keptUnits(g, pool, rate, examples, unitShape, { seed, step, draw });
  const made = split(g, asColumns(g, units, unitShape, layout.sideBySide), layout.shards);
  pass.masks.set(draw, made);
  return made;
}

/** Zeroes each unit with the rate's probability and scales the rest (Srivastava et al. 2014). Nothing in prediction. */
export function drop(
  pass: Pass,
  x: Tensor,
  draw: number,
  unitShape: readonly number[],
): Differentiable {
  if (!pass.training) return { output: x, backward: (dy) => dy };
  const { g } = pass;
  const factor = cast(g, keepScale(pass, draw), x.type);
  const mask = multiply(g, cast(g, kept(pass, draw, unitShape), x.type), factor);
  return { output: multiply(g, x, mask), backward: (dy) => multiply(g, dy, mask) };
}

/**
 * ReLU, then dropout without its scale, which an earlier layer has been given (ReLU and pooling pass a positive factor on).
 * What comes out is zero just where the gradient must be, so ReLU's own rule serves for both and no mask is kept.
 */
export function reluAndDrop(
  pass: Pass,
  x: Tensor,
  draw: number,
  unitShape: readonly number[],
): Differentiable {
  const { g } = pass;
  const y = relu(g, x);
  const output = pass.training ? keepOnly(g, y, kept(pass, draw, unitShape)) : y;
  return { output, relu: y, backward: (dy) => reluGradient(g, dy, output) };
}
