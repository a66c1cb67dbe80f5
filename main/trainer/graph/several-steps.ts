import { DType, type GraphBuilder, type Tensor } from './builder.ts';
import { fill, pack } from './arrays.ts';
import { checkNumerics } from './ops.ts';
import type { Slots } from './optimizer.ts';
import {
  NOT_FINITE,
  trainingStep,
  type Context,
  type End,
  type TrainingStep,
  type Updated,
} from './training-step.ts';
import type { Variable, VariableAccess, Variables } from './variables.ts';

export interface Steps {
  g: GraphBuilder;
  /** Of each step, given how it gets at variables. */
  contexts: ((access: VariableAccess) => Context)[];
  variables: Variables;
  slots: Slots;
  globalStep: Variable;
  end: End;
  /** How many a step gives. */
  metrics: number;
}

export interface SeveralSteps {
  /** Of each step, as a single one gives them: float32 [steps, metrics]. */
  metrics: Tensor;
  /** Those of the steps that were done before one that was not, for a run of the graph that fails gives nothing: [steps − 1, metrics]. */
  recent: Tensor;
}

/**
 * Training steps one after the other in one run of the graph, to the same bits as each in a run of its own. Nothing is put in or
 * taken out between two, and a step begins once the first layer's weights are changed, while the step before still changes others.
 */
export function severalSteps(steps: Steps): SeveralSteps {
  const { g, contexts, variables, slots, globalStep, end } = steps;
  const metrics: Tensor[] = [];
  const recent: Tensor[] = [];
  let previous: { updated: Updated; checked: Tensor } | null = null;
  for (const [k, contextOf] of contexts.entries()) {
    const access = previous ? variables.after(previous.updated.changes) : variables;
    const after: Tensor[] = previous ? [previous.checked] : [];
    const step: TrainingStep = g.within(`step${k}`, () =>
      trainingStep(contextOf(access), slots, globalStep, after),
    );
    const updated: Updated = step.ends[end];
    metrics.push(updated.metrics);
    if (k === contexts.length - 1) break;
    const nothing = fill(g, [steps.metrics], g.float(0));
    const name = `metrics_of_step_${k}`;
    const record = variables.makeUnsaved(name, [steps.metrics], DType.float32, nothing);
    const recorded = variables.assign(record, updated.metrics);
    previous = {
      updated,
      checked: checkNumerics(g, updated.metrics, NOT_FINITE, [recorded]),
    };
    recent.push(variables.read(record));
  }
  return { metrics: pack(g, metrics, DType.float32), recent: pack(g, recent, DType.float32) };
}
