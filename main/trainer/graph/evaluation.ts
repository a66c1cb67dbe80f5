import type { Tensor } from './builder.ts';
import { UNDIVIDED } from './layout.ts';
import { correctCount, plainLoss, softmaxCrossEntropy, topCount } from './loss.ts';
import { packEvaluationMetrics } from './metrics.ts';
import type { BatchContext } from './model.ts';
import { buildNetworkPass } from './network-pass.ts';
import { argmax, unary } from './ops.ts';

/** Predicts without dropout: pixels [N, H, W, C] -> probabilities float32 [N, classes]. */
export function predictedProbabilities(context: BatchContext): Tensor {
  const { logits } = buildNetworkPass(context, context.inputs.pixels, false, UNDIVIDED);
  return unary(context.model.g, 'Softmax', logits);
}

/** With more classes than this, an evaluation also counts the examples whose class is among this many highest scores. */
const TOP = 5;

/** The results of evaluating one batch. */
export interface EvaluationOutputs {
  /** In the order of `packEvaluationMetrics`. */
  metrics: Tensor;
  /** The predicted class of each example, int32 [N]. */
  answers: Tensor;
  /** Of each example, float32 [N]. */
  losses: Tensor;
  /** Of each example and class, float32 [N, classes]. */
  logits: Tensor;
  /** float32 [N, classes]: from the very scores that the answers are from. */
  probabilities: Tensor;
}

/** Scores the network on a batch, without dropout, label smoothing or class weights. */
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
    logits,
    probabilities: unary(g, 'Softmax', logits),
  };
}
