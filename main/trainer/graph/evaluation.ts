import type { Tensor } from './builder.ts';
import { UNDIVIDED } from './layout.ts';
import { correctCount, plainLoss, softmaxCrossEntropy, topCount } from './loss.ts';
import { packEvaluationMetrics } from './metrics.ts';
import type { BatchContext } from './model.ts';
import { buildNetworkPass } from './network-pass.ts';
import { argmax, unary } from './ops.ts';

/** Without dropout: pixels [N, H, W, C] -> probabilities float32 [N, classes]. */
export function predictedProbabilities(context: BatchContext): Tensor {
  const { logits } = buildNetworkPass(context, context.inputs.pixels, false, UNDIVIDED);
  return unary(context.model.g, 'Softmax', logits);
}

/** Where there are more classes than so many, it is also told how often the right one is among as many answers. */
const TOP = 5;

/** What an evaluation gives of a batch. */
export interface EvaluationOutputs {
  /** As `packEvaluationMetrics` orders them. */
  metrics: Tensor;
  /** The class that each example is taken for, int32 [N]. */
  answers: Tensor;
  /** Of each example, float32 [N]. */
  losses: Tensor;
  /** float32 [N, classes]: from the very scores that the answers are from. */
  probabilities: Tensor;
}

/** Without dropout, without label smoothing and without class weights: how well the network does on a batch. */
export function evaluationOutputs(context: BatchContext): EvaluationOutputs {
  const { g, image, layout } = context.model;
  const { pixels, labels, examples } = context.inputs;
  const { logits } = buildNetworkPass(context, pixels, false, layout);
  const loss = softmaxCrossEntropy(g, logits, labels, image.classes, plainLoss, examples);
  const counts = [
    correctCount(g, logits, labels),
    topCount(g, logits, labels, 2),
    ...(image.classes > TOP ? [topCount(g, logits, labels, TOP)] : []),
  ];
  return {
    metrics: packEvaluationMetrics(g, loss.mean, counts),
    answers: argmax(g, logits),
    losses: loss.each,
    probabilities: unary(g, 'Softmax', logits),
  };
}
