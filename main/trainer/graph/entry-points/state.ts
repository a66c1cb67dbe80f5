import { pack } from '../arrays.ts';
import { attribute, DType, type Attribute, type GraphBuilder, type Tensor } from '../builder.ts';
import type { Placeholders } from '../inputs.ts';
import { allFinite, cast, signalDone } from '../ops.ts';
import type { EntryPoints } from '../saved-model.ts';
import type { Variable, Variables } from '../variables.ts';

/** Gives every variable its initial value. */
export const startEntryPoint = (
  g: GraphBuilder,
  variables: Variables,
  { unused }: Placeholders,
): EntryPoints => ({
  start: {
    inputs: { unused },
    outputs: { done: signalDone(g, [...variables.starts, ...variables.unsaved]) },
  },
});

/** Training steps done, int32. */
export const presentStep = (g: GraphBuilder, variables: Variables, globalStep: Variable): Tensor =>
  cast(g, variables.read(globalStep), DType.int32);

/** Restores the variables from a checkpoint, and reads them. */
export const stateEntryPoints = (
  g: GraphBuilder,
  variables: Variables,
  step: Tensor,
  { unused, prefix }: Placeholders,
): EntryPoints => ({
  restore: { inputs: { prefix }, outputs: { done: restoreVariables(g, variables, prefix) } },
  variables: { inputs: { unused }, outputs: readFloatVariables(variables) },
  'finite-variables': {
    inputs: { unused },
    outputs: { finite: finiteVariables(g, variables) },
  },
  step: { inputs: { unused }, outputs: { step } },
});

/** All variables but the step, which is an integer and has an entry point of its own. */
export const floatVariables = (variables: Variables): Variable[] =>
  variables.all.filter((variable) => variable.type === DType.float32);

/** The value of each, by name. */
const readFloatVariables = (variables: Variables): Record<string, Tensor> =>
  Object.fromEntries(
    floatVariables(variables).map((variable) => [variable.name, variables.read(variable)]),
  );

/** For each in turn: 1 where all its numbers are finite, else 0. float32 [variables]. */
const finiteVariables = (g: GraphBuilder, variables: Variables): Tensor =>
  pack(
    g,
    floatVariables(variables).map((variable) =>
      allFinite(g, variables.read(variable), variable.shape.length),
    ),
    DType.float32,
  );

/** Gives every variable the value that the checkpoint at `prefix` has for it. */
function restoreVariables(g: GraphBuilder, variables: Variables, prefix: Tensor): Tensor {
  const first = g.op('RestoreV2', DType.float32, [prefix, ...namesAndSlices(g, variables)], {
    dtypes: typesOf(variables),
  });
  const restored = variables.all.map((variable, k) =>
    variables.assign(variable, g.output(first, k, variable.type)),
  );
  return signalDone(g, [...restored, ...variables.unsaved]);
}

const typesOf = (variables: Variables): Attribute =>
  attribute.types(variables.all.map((variable) => variable.type));

/** Each variable under its own name, whole (the empty slice). */
const namesAndSlices = (g: GraphBuilder, variables: Variables): Tensor[] => [
  g.strings(variables.all.map((variable) => variable.name)),
  g.strings(variables.all.map(() => '')),
];
