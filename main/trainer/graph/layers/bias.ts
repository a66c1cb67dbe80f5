import { attribute, DType, type Tensor } from '../builder.ts';
import type { Differentiable } from '../differentiable.ts';
import { cast } from '../ops.ts';
import type { ShardContext } from '../shard-context.ts';
import type { Variable } from '../variables.ts';

/** y = x + b, x [N, …, C], b [C]; db [C], a long sum over all other axes, is taken in float32. */
export function forwardBias(
  { g, shared }: ShardContext,
  bias: Variable,
  x: Tensor,
): Differentiable {
  const b = shared.operandOf(bias, (b32) => cast(g, b32, x.type));
  return {
    output: g.op('BiasAdd', x.type, [x, b], { T: attribute.type(x.type) }),
    backward: (dy) => {
      const db = g.op('BiasAddGrad', DType.float32, [cast(g, dy, DType.float32)], {
        T: attribute.type(DType.float32),
      });
      shared.addGradient(bias, db);
      return dy;
    },
  };
}
