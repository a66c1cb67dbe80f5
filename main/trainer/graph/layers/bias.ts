import { attribute, DType, type Tensor } from '../builder.ts';
import { cast } from '../ops.ts';
import { contribute, once, read, type Differentiable, type Pass } from '../pass.ts';
import type { Variable } from '../variables.ts';

/** x [N, …, C] plus one number a channel. Its gradient, a long sum, is taken in float32. */
export function addBias(pass: Pass, bias: Variable, x: Tensor): Differentiable {
  const { g } = pass;
  const b = once(pass.operands, bias, () => cast(g, read(pass, bias), x.type));
  return {
    output: g.op('BiasAdd', x.type, [x, b], { T: attribute.type(x.type) }),
    backward: (dy) => {
      const db = g.op('BiasAddGrad', DType.float32, [cast(g, dy, DType.float32)], {
        T: attribute.type(DType.float32),
      });
      contribute(pass, bias, db);
      return dy;
    },
  };
}
