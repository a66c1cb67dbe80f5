import { attribute, DType, type GraphBuilder, type Tensor } from './builder.ts';
import { cast, pack, unary } from './ops.ts';
import type { Variable, Variables } from './variables.ts';

/** All but the step, which is an integer and has an entry point of its own. */
export const floatVariables = (variables: Variables): Variable[] =>
  variables.all.filter((variable) => variable.type === DType.float32);

/** Every variable's value, by name. */
export const values = (variables: Variables): Record<string, Tensor> =>
  Object.fromEntries(
    floatVariables(variables).map((variable) => [variable.name, variables.read(variable)]),
  );

/** For each variable in turn: 1 where all its numbers are finite, else 0. float32 [variables]. */
export function finiteness(g: GraphBuilder, variables: Variables): Tensor {
  const each = floatVariables(variables).map((variable) => {
    const axes = g.ints(variable.shape.map((_, axis) => axis));
    const all = g.op('All', DType.bool, [unary(g, 'IsFinite', variables.read(variable)), axes], {
      Tidx: attribute.type(DType.int32),
      keep_dims: attribute.bool(false),
    });
    return cast(g, all, DType.float32);
  });
  return pack(g, each, DType.float32);
}
