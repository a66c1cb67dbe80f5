import type { Tensor } from '../builder.ts';
import { split } from '../arrays.ts';
import { binary, cast, multiply, unary } from '../ops.ts';
import { keptUnits } from '../dropout-mask.ts';
import { asColumns } from '../interleaving.ts';
import type { Differentiable, Pass } from '../pass.ts';

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

function kept(pass: Pass, x: Tensor, draw: number, unitShape: readonly number[]): Tensor {
  const mask = (pass.masks.get(draw) ?? masks(pass, draw, unitShape))[pass.shard];
  if (!mask) throw new Error(`there is no shard ${pass.shard}`);
  return cast(pass.g, mask, x.type);
}

/** Of the whole batch, so that they are the same in any number of shards. */
function masks(pass: Pass, draw: number, unitShape: readonly number[]): Tensor[] {
  const { g, pool, examples, seed, step, layout } = pass;
  const rate = rateOf(pass, draw);
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
  const mask = multiply(g, kept(pass, x, draw, unitShape), cast(g, keepScale(pass, draw), x.type));
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
  const y = unary(g, 'Relu', x);
  const output = pass.training ? multiply(g, y, kept(pass, y, draw, unitShape)) : y;
  return { output, relu: y, backward: (dy) => binary(g, 'ReluGrad', dy, output) };
}
