import { DType, type Tensor } from '../builder.ts';
import { cast, matmul, multiply } from '../ops.ts';
import { read, type Differentiable, type Pass } from '../pass.ts';
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
  const w = cast(g, read(pass, weights), pass.compute);
  const scaled = (value: Tensor): Tensor =>
    factor ? multiply(g, value, cast(g, factor, value.type)) : value;
  return {
    output: scaled(matmul(g, x, w)),
    backward: (gradient) => {
      const dy = scaled(gradient);
      pass.gradients.set(weights, cast(g, matmul(g, x, dy, { a: true }), DType.float32));
      return matmul(g, dy, w, { b: true });
    },
  };
}
