import type { Tensor } from './builder.ts';
import { UNDIVIDED } from './layout.ts';
import { confusionMatrix, correctCount, softmaxCrossEntropy, topTwoCount } from './loss.ts';
import { packEvaluationMetrics } from './metrics.ts';
import type { BatchContext } from './model.ts';
import { buildNetworkPass } from './network-pass.ts';
import { unary } from './ops.ts';

/** Without dropout: pixels [N, H, W, C] -> probabilities float32 [N, classes]. */
export function predictedProbabilities(context: BatchContext): Tensor {
  const { logits } = buildNetworkPass(context, context.inputs.pixels, false, UNDIVIDED);
  return unary(context.model.g, 'Softmax', logits);
}

/** What an evaluation gives of a batch. */
export interface EvaluationOutputs {
  /** As `packEvaluationMetrics` orders them. */
  metrics: Tensor;
  /** Examples by truth (rows) and answer (columns), float32 [classes, classes]. */
  confusion: Tensor;
}

/** Without dropout and without label smoothing: how well the network does on a batch. */
export function evaluationOutputs(context: BatchContext): EvaluationOutputs {
  const { g, image, layout } = context.model;
  const { pixels, labels, examples } = context.inputs;
  const { logits } = buildNetworkPass(context, pixels, false, layout);
  const loss = softmaxCrossEntropy(g, logits, labels, image.classes, 0, examples);
  const correct = correctCount(g, logits, labels);
  const topTwo = topTwoCount(g, logits, labels);
  return {
    metrics: packEvaluationMetrics(g, loss.mean, correct, topTwo),
    confusion: confusionMatrix(g, logits, labels, image.classes),
  };
}
