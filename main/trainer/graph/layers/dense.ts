import type { Tensor } from '../builder.ts';
import { concat } from '../arrays.ts';
import type { JointlyDifferentiable } from '../differentiable.ts';
import { cast, matmul, multiply } from '../ops.ts';
import type { ShardContext } from '../shard-context.ts';
import type { Variable } from '../variables.ts';

/**
 * y = x w, x [N, inputs], w [inputs, units] -> y [N, units]; dw = xᵀ dy, dx = dy wᵀ.
 * The backward pass is two products over all shards: they are cheaper than products for each shard and their sum, and as neither waits for
 * the other, each keeps one core busy.
 * @param factor scalar factor of y; null: 1. It is applied to the output, which is smaller than the weights
 */
export function forwardDense(
  { g, compute, rows, shared }: ShardContext,
  weights: Variable,
  x: Tensor,
  factor: Tensor | null,
): JointlyDifferentiable {
  const w = shared.operandOf(weights, (w32) => cast(g, w32, compute));
  const scaleUp = (value: Tensor): Tensor =>
    factor ? multiply(g, value, cast(g, factor, value.type)) : value;
  shared.addDenseInput(weights, x);
  return {
    output: scaleUp(matmul(g, x, w)),
    backwardTogether: (gradients) => {
      // All shards, one after the other: dy [N, units], inputs [N, inputs].
      const dy = scaleUp(concat(g, gradients));
      const inputs = concat(g, shared.denseInputsOf(weights));
      shared.addGradient(weights, matmul(g, inputs, dy, { a: true }));
      return rows.split(matmul(g, dy, w, { b: true }));
    },
  };
}
