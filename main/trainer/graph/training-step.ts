import { augmentImages } from './augmentation/augment-images.ts';
import { DType, type Tensor } from './builder.ts';
import { deadShares, finiteOutputs, gradientNorms, layerNorms } from './diagnostics.ts';
import type { PrimitiveOutput } from './differentiable.ts';
import { correctCount, softmaxCrossEntropy } from './loss.ts';
import { packStepMetrics } from './metrics.ts';
import type { BatchContext } from './model.ts';
import { buildNetworkPass, type NetworkPass } from './network-pass.ts';
import { add, cast, checkNumerics, identity } from './ops.ts';
import { applyGradients, clipGradients, type OptimizerState } from './optimizer.ts';
import type { UpdateVariant } from './update-variant.ts';
import type { Variable } from './variables.ts';

/** Part of the error message of a step whose loss has a gradient that is not finite. Nothing has been updated then. */
export const NOT_FINITE = 'the gradient of the loss is not finite';

/** What a step gives once everything has been updated. */
export interface StepUpdate {
  /** In the order of `packStepMetrics`. */
  metrics: Tensor;
  /** The op that changes each variable. */
  changes: ReadonlyMap<Variable, Tensor>;
  /** Of the same step, if they are fetched: `norms` [layers × 2], and `dead` [layers with ReLU] if there is one. */
  diagnostics: Record<string, Tensor>;
}

export interface TrainingStep {
  updates: Record<UpdateVariant, StepUpdate>;
  /** For each primitive, whether its output is finite; fetching this updates nothing. */
  finite: Tensor;
  outputs: readonly PrimitiveOutput[];
  /** The images as the step sees them, float32 [N, H, W, C]; null if there is no augmentation. */
  augmented: Tensor | null;
}

/**
 * Writes one training step: forward, backward and update, the last in both variants.
 * @param after what must have run before anything is changed
 */
export function trainingStep(
  context: BatchContext,
  optimizer: OptimizerState,
  after: readonly Tensor[] = [],
): TrainingStep {
  const { model, inputs, variables } = context;
  const { g, config, image, network, weights, layout } = model;
  const [learningRate, momentum, weightDecay] = inputs.settings;
  if (!learningRate || !momentum || !weightDecay) throw new Error('settings are incomplete');

  // Forward: [N, H, W, C] -> logits [N, classes] -> the mean loss.
  const augmented = augmentedPixels(context);
  const pixels = augmented ? cast(g, augmented, model.compute) : inputs.pixels;
  const pass = buildNetworkPass(context, pixels, true, layout);
  const loss = softmaxCrossEntropy(
    g,
    pass.logits,
    inputs.labels,
    image.classes,
    { smoothing: config.optimizer.labelSmoothing, classWeights: model.classWeights },
    inputs.examples,
  );

  // Backward: d loss / d logits [N, classes] -> the gradient of each variable, in its shape.
  const dLogits = checkNumerics(g, loss.gradient, NOT_FINITE, after);
  const gradients = pass.backward(dLogits);
  const clipped = clipGradients(g, gradients, config.optimizer.clipNorm);

  // Update.
  const others = changesBesides(context, optimizer, pass, dLogits);
  const correct = correctCount(g, pass.logits, inputs.labels);
  const norms = gradientNorms(g, gradients, weights);
  const metrics = packStepMetrics(g, loss.mean, correct, norms);
  const dead = deadShares(g, pass.outputs, network);
  const live = { learningRate, momentum, weightDecay };
  const update = (variant: UpdateVariant): StepUpdate => {
    const applied = g.within('optimizer', () =>
      applyGradients(g, {
        variables,
        rule: config.optimizer.rule,
        slots: optimizer.slots,
        gradients: clipped,
        variant,
        live,
        step: inputs.step,
      }),
    );
    const changes = new Map([...applied, ...others]);
    const changed = [...changes.values()];
    return {
      metrics: identity(g, metrics, changed),
      changes,
      diagnostics: {
        norms: layerNorms(g, variables, pass.accumulated.reads, weights, changed),
        ...(dead && { dead }),
      },
    };
  };
  return {
    updates: {
      withoutWeightDecay: update('withoutWeightDecay'),
      withWeightDecay: update('withWeightDecay'),
    },
    finite: finiteOutputs(g, pass.outputs, network),
    outputs: pass.outputs,
    augmented,
  };
}

/** The images as this step sees them, float32 [N, H, W, C]; null if there is no augmentation. */
function augmentedPixels({ model, inputs }: BatchContext): Tensor | null {
  const { g, config, image, layout } = model;
  const { augmentation } = config.data;
  if (!augmentation) return null;
  const { step, examples } = inputs;
  const draw = { seed: config.training.seed, step, examples };
  return augmentImages(g, augmentation, image, inputs.pixels32, draw, layout.shards);
}

/**
 * What a step changes that the optimizer does not: running statistics, and the number of steps done.
 * @param after the gradient of the loss: nothing is changed where it is not finite
 */
function changesBesides(
  { model: { g }, inputs, variables }: BatchContext,
  { globalStep }: OptimizerState,
  { accumulated }: NetworkPass,
  after: Tensor,
): [Variable, Tensor][] {
  const next = cast(g, add(g, inputs.step, g.int(1)), DType.int64);
  const values: [Variable, Tensor][] = [...accumulated.updates, [globalStep, next]];
  return values.map(([variable, value]) => [variable, variables.assign(variable, value, [after])]);
}
