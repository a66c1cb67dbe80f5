import type { RunConfig } from '../../../shared/config.ts';
import type { NetworkShape } from '../../../shared/network-shape.ts';
import { augment } from './augmentation.ts';
import { DType, type Tensor } from './builder.ts';
import { deadShares, finiteOutputs, gradientNorms, layerNorms } from './diagnostics.ts';
import { plain, type Layout } from './layout.ts';
import { confusion, correctCount, softmaxCrossEntropy, topTwoCount } from './loss.ts';
import { pack } from './arrays.ts';
import { add, cast, checkNumerics, identity } from './ops.ts';
import { applyGradients, clip, type Slots } from './optimizer.ts';
import type { Watched } from './pass.ts';
import type { Variable } from './variables.ts';
import { walk, type Route } from './walk.ts';

/** What training and evaluation have in common. */
export interface Context extends Route {
  config: RunConfig;
  network: NetworkShape;
  /** Of the batches that are trained and evaluated on. */
  layout: Layout;
}

/** In the error of a step whose loss has a gradient that is not finite. Nothing has been updated then. */
export const NOT_FINITE = 'the gradient of the loss is not finite';

/** What a step gives once everything has been updated. */
export interface Updated {
  /** [mean loss, right answers, norm of each layer's gradient]. */
  metrics: Tensor;
  /** What has changed each variable. */
  changes: ReadonlyMap<Variable, Tensor>;
  /** Of the same step, where they are asked for. */
  diagnostics: Record<string, Tensor>;
}

/** Two ways to end a step: weight decay may be fed while a run runs, but costs a pass over the weights even where it is zero. */
export type End = 'plain' | 'decaying';

/** That of a step with this weight decay. */
export const endOf = (weightDecay: number): End => (weightDecay > 0 ? 'decaying' : 'plain');

/** Of a step's metrics, those before the norms: mean loss, right answers. */
export const OUTCOME = 2;

export interface TrainingStep {
  ends: Record<End, Updated>;
  /** For each step of arithmetic, whether its output is finite; nothing is updated for it. */
  finite: Tensor;
  watched: readonly Watched[];
  /** The images as the step sees them, float32 [N, H, W, C]; null where they are as they were fed. */
  augmented: Tensor | null;
}

/** Forward, backward and update. @param after what must have run before anything is changed */
export function trainingStep(
  context: Context,
  slots: Slots,
  globalStep: Variable,
  after: readonly Tensor[] = [],
): TrainingStep {
  const { common, config, image, inputs, network, weights, layout } = context;
  const { g, variables, compute } = common;
  const [learningRate, momentum, weightDecay] = inputs.settings;
  if (!learningRate || !momentum || !weightDecay) throw new Error('settings are incomplete');
  const augmented = augmentedPixels(context);
  const pixels = augmented ? cast(g, augmented, compute) : inputs.pixels;
  const { logits, backward, watched, updates: more, reads } = walk(context, pixels, true, layout);
  const loss = softmaxCrossEntropy(
    g,
    logits,
    inputs.labels,
    image.classes,
    config.optimizer.labelSmoothing,
    inputs.examples,
  );
  const gradient = checkNumerics(g, loss.gradient, NOT_FINITE, after);
  const gradients = backward(gradient);
  const { rule, clipNorm } = config.optimizer;
  const clipped = clip(g, gradients, clipNorm);
  const live = { learningRate, momentum, weightDecay };
  const next = cast(g, add(g, inputs.step, g.int(1)), DType.int64);
  const others = [
    ...[...more].map(([variable, update]) => [variable, update([gradient])] as const),
    [globalStep, variables.assign(globalStep, next, [gradient])] as const,
  ];
  const correct = correctCount(g, logits, inputs.labels);
  const norms = gradientNorms(g, gradients, weights);
  const metrics = pack(g, [loss.mean, correct, ...norms], DType.float32);
  const dead = deadShares(g, watched, network);
  const end = (decays: boolean): Updated => {
    const applied = g.within('optimizer', () =>
      applyGradients(g, variables, rule, slots, clipped, decays, live, inputs.step),
    );
    const changes = new Map([...applied, ...others]);
    const updates = [...changes.values()];
    return {
      metrics: identity(g, metrics, updates),
      changes,
      diagnostics: {
        norms: layerNorms(g, variables, reads, weights, updates),
        ...(dead && { dead }),
      },
    };
  };
  return {
    ends: { plain: end(false), decaying: end(true) },
    finite: finiteOutputs(g, watched, network),
    watched,
    augmented,
  };
}

/** The images as this step sees them, float32; null where they are as they were fed. */
function augmentedPixels({ common, config, image, inputs, layout }: Context): Tensor | null {
  const { augmentation } = config.data;
  return (
    augmentation && augment(common.g, augmentation, image, inputs.pixels32, common, layout.shards)
  );
}

/** Without dropout: logits [N, classes], float32. */
export const predictedLogits = (context: Context): Tensor =>
  walk(context, context.inputs.pixels, false, plain).logits;

/** Without dropout: [mean loss, right answers, answers right at the second try], and the confusion matrix [truth × answer]. */
export function evaluation(context: Context): Record<string, Tensor> {
  const { common, image, inputs, layout } = context;
  const { g } = common;
  const { labels, examples } = inputs;
  const { logits } = walk(context, inputs.pixels, false, layout);
  const loss = softmaxCrossEntropy(g, logits, labels, image.classes, 0, examples);
  const counts = [correctCount(g, logits, labels), topTwoCount(g, logits, labels)];
  return {
    metrics: pack(g, [loss.mean, ...counts], DType.float32),
    confusion: confusion(g, logits, labels, image.classes),
  };
}
