import type { Tensor } from '../builder.ts';
import { concat, split } from '../arrays.ts';
import { cast, matmul, multiply } from '../ops.ts';
import { contribute, gather, once, read, type JointlyDifferentiable, type Pass } from '../pass.ts';
import type { Variable } from '../variables.ts';

/**
 * x [N, inputs] with weights [inputs, units] -> [N, units].
 * The way back is two products over all shards: those are cheaper than a product for each shard and the sum of theirs, and as
 * neither waits for the other, each keeps one core busy.
 * @param factor scalar that the output is multiplied by. It is put on the output, which is smaller than the weights.
 */
export function connect(
  pass: Pass,
  weights: Variable,
  x: Tensor,
  factor: Tensor | null,
): JointlyDifferentiable {
  const { g } = pass;
  const w = once(pass.operands, weights, () => cast(g, read(pass, weights), pass.compute));
  const scaled = (value: Tensor): Tensor =>
    factor ? multiply(g, value, cast(g, factor, value.type)) : value;
  gather(pass.denseInputs, weights, x);
  return {
    output: scaled(matmul(g, x, w)),
    backwardTogether: (gradients) => {
      const dy = scaled(concat(g, gradients));
      const inputs = concat(g, pass.denseInputs.get(weights) ?? []);
      contribute(pass, weights, matmul(g, inputs, dy, { a: true }));
      return split(g, matmul(g, dy, w, { b: true }), gradients.length);
    },
  };
}
