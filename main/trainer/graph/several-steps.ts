import { DType, type Tensor } from './builder.ts';
import { fill, pack } from './arrays.ts';
import type { Inputs } from './inputs.ts';
import type { Model } from './model.ts';
import { checkNumerics } from './ops.ts';
import type { OptimizerState } from './optimizer.ts';
import { NOT_FINITE, trainingStep, type StepUpdate } from './training-step.ts';
import type { UpdateVariant } from './update-variant.ts';
import type { Variables } from './variables.ts';

export interface SeveralSteps {
  /** The metrics of each step, in the form that a single step gives: float32 [steps, metrics]. */
  metrics: Tensor;
  /** The metrics of the steps before one that failed, [steps − 1, metrics]: a run of the graph that fails returns nothing itself. */
  metricsBeforeFailure: Tensor;
}

/**
 * Training steps one after the other in one run of the graph, bit-identical to steps in separate runs. Nothing is fed or fetched between
 * them, and a step begins once the first layer's weights are updated, while the step before still updates others.
 * @param inputs of each step
 * @param variant of all steps' updates
 * @param metricsCount how many metrics a step gives
 */
export function severalSteps(
  model: Model,
  inputs: readonly Inputs[],
  variables: Variables,
  optimizer: OptimizerState,
  variant: UpdateVariant,
  metricsCount: number,
): SeveralSteps {
  const { g } = model;
  const metrics: Tensor[] = [];
  const recorded: Tensor[] = [];
  let previous: { update: StepUpdate; checked: Tensor } | null = null;
  for (const [k, ofStep] of inputs.entries()) {
    const access = previous ? variables.after(previous.update.changes) : variables;
    const after: Tensor[] = previous ? [previous.checked] : [];
    const update: StepUpdate = g.within(`step${k}`, () =>
      trainingStep({ model, inputs: ofStep, variables: access }, optimizer, after),
    ).updates[variant];
    metrics.push(update.metrics);
    if (k === inputs.length - 1) break;
    const nothing = fill(g, [metricsCount], g.float(0));
    const name = `metrics_of_step_${k}`;
    const record = variables.makeUnsaved(name, [metricsCount], DType.float32, nothing);
    const assigned = variables.assign(record, update.metrics);
    previous = { update, checked: checkNumerics(g, update.metrics, NOT_FINITE, [assigned]) };
    recorded.push(variables.read(record));
  }
  return {
    metrics: pack(g, metrics, DType.float32),
    metricsBeforeFailure: pack(g, recorded, DType.float32),
  };
}
