import { DType, type GraphBuilder, type Tensor } from './builder.ts';
import { pack } from './arrays.ts';

/**
 * The order of the numbers that a training step and an evaluation answer as `metrics`: the mean loss and the number of correct answers come
 * first. A step adds its gradient norms; an evaluation adds how many examples have their class among the two highest scores, and among the
 * five highest.
 */
export const LEADING_METRICS = 2;

/** How many metrics a step gives. */
export const stepMetricsCount = (norms: number): number => LEADING_METRICS + norms;

/**
 * Packs scalars -> float32 [2 + layers].
 * @param correct how many examples of the batch are right
 * @param norms gradient norm of each trainable layer
 */
export const packStepMetrics = (
  g: GraphBuilder,
  meanLoss: Tensor,
  correct: Tensor,
  norms: readonly Tensor[],
): Tensor => pack(g, [meanLoss, correct, ...norms], DType.float32);

/**
 * Packs scalars -> float32 [3], or [4] if there are more than five classes.
 * @param counts how many examples of the batch are right, how many have their class among the two highest scores, and among the five
 */
export const packEvaluationMetrics = (
  g: GraphBuilder,
  meanLoss: Tensor,
  counts: readonly Tensor[],
): Tensor => pack(g, [meanLoss, ...counts], DType.float32);
