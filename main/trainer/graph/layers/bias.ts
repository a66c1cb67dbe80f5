import { attribute, DType, type Tensor } from '../builder.ts';
import { fill } from '../arrays.ts';
import type { Differentiable } from '../differentiable.ts';
import type { BiasPrimitive } from '../lower.ts';
import { cast } from '../ops.ts';
import type { ShardContext } from '../shard-context.ts';
import type { Variable } from '../variables.ts';

/**
 * y = x + b, x [N, …, C], b [C]; db [C], a long sum over all other axes, is computed in float32. db is zero where a batch normalisation
 * subtracts the batch's mean afterwards.
 */
export function forwardBias(
  { g, shared, training }: ShardContext,
  { isCancelled }: BiasPrimitive,
  bias: Variable,
  x: Tensor,
): Differentiable {
  const b = shared.operandOf(bias, (b32) => cast(g, b32, x.type));
  return {
    output: g.op('BiasAdd', x.type, [x, b], { T: attribute.type(x.type) }),
    backward: (dy) => {
      const db = (): Tensor =>
        g.op('BiasAddGrad', DType.float32, [cast(g, dy, DType.float32)], {
          T: attribute.type(DType.float32),
        });
      const isZero = training && isCancelled;
      shared.addGradient(bias, isZero ? fill(g, bias.shape, g.float(0)) : db());
      return dy;
    },
  };
}
