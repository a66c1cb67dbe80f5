import { DType, type GraphBuilder, type Tensor } from './builder.ts';
import { pack } from './arrays.ts';
import { allFinite } from './ops.ts';
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
export const finiteness = (g: GraphBuilder, variables: Variables): Tensor =>
  pack(
    g,
    floatVariables(variables).map((variable) =>
      allFinite(g, variables.read(variable), variable.shape.length),
    ),
    DType.float32,
  );
