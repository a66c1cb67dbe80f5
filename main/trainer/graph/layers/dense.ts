import { DType, type GraphBuilder, type Tensor } from '../builder.ts';
import { concat } from '../arrays.ts';
import { cast, matmul, multiply } from '../ops.ts';
import {
  contribute,
  gather,
  once,
  read,
  type Differentiable,
  type Factors,
  type Pass,
} from '../pass.ts';
import type { Variable } from '../variables.ts';

/**
 * x [N, inputs] with weights [inputs, units] -> [N, units].
 * @param factor scalar that the output is multiplied by. It is put on the output, which is smaller than the weights.
 */
export function connect(
  pass: Pass,
  weights: Variable,
  x: Tensor,
  factor: Tensor | null,
): Differentiable {
  const { g } = pass;
  const w = once(pass.operands, weights, () => cast(g, read(pass, weights), pass.compute));
  const scaled = (value: Tensor): Tensor =>
    factor ? multiply(g, value, cast(g, factor, value.type)) : value;
  return {
    output: scaled(matmul(g, x, w)),
    backward: (gradient) => {
      const dy = scaled(gradient);
      const factors = gather(pass.factors, weights, { x, dy });
      if (factors.length < pass.layout.shards) return matmul(g, dy, w, { b: true });
      const dw = product(g, factors);
      contribute(pass, weights, cast(g, dw, DType.float32));
      // The last shard goes on once this is done: TensorFlow would leave it to the end, when nothing else is left to do beside it.
      return matmul(g, dy, w, { b: true, after: factors.length > 1 ? [dw] : [] });
    },
  };
}

/** The gradient of the weights over all shards: one product, which is cheaper than the sum of theirs. */
function product(g: GraphBuilder, factors: readonly Factors[]): Tensor {
  const x = concat(
    g,
    factors.map((factor) => factor.x),
  );
  const dy = concat(
    g,
    factors.map((factor) => factor.dy),
  );
  return matmul(g, x, dy, { a: true });
}
