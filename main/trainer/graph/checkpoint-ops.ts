import { attribute, DType, type Attribute, type GraphBuilder, type Tensor } from './builder.ts';
import { done } from './ops.ts';
import type { Variables } from './variables.ts';

/** Gives every variable the value that the checkpoint at `prefix` has for it. */
export function restorer(g: GraphBuilder, variables: Variables, prefix: Tensor): Tensor {
  const first = g.op('RestoreV2', DType.float32, [prefix, ...namesAndSlices(g, variables)], {
    dtypes: types(variables),
  });
  const restored = variables.all.map((variable, k) =>
    variables.assign(variable, g.output(first, k, variable.type)),
  );
  return done(g, [...restored, ...variables.unsaved]);
}

const types = (variables: Variables): Attribute =>
  attribute.types(variables.all.map((variable) => variable.type));

/** Each variable under its own name, whole (the empty slice). */
const namesAndSlices = (g: GraphBuilder, variables: Variables): Tensor[] => [
  g.strings(variables.all.map((variable) => variable.name)),
  g.strings(variables.all.map(() => '')),
];
