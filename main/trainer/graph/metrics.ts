import { DType, type GraphBuilder, type Tensor } from './builder.ts';
import { pack } from './arrays.ts';

/**
 * The order of the numbers that a training step and an evaluation answer as `metrics`: mean loss and right answers lead; a step's
 * gradient norms follow, or how many of an evaluation have their class among the two, and the five, highest scores.
 */
export const LEADING_METRICS = 2;

/** How many metrics a step gives. */
export const stepMetricsCount = (norms: number): number => LEADING_METRICS + norms;

/**
 * Scalars -> float32 [2 + layers].
 * @param correct how many of the batch are right
 * @param norms of the gradient of each layer that learns
 */
export const packStepMetrics = (
  g: GraphBuilder,
  meanLoss: Tensor,
  correct: Tensor,
  norms: readonly Tensor[],
): Tensor => pack(g, [meanLoss, correct, ...norms], DType.float32);

/**
 * Scalars -> float32 [3], or [4] where there are more than five classes.
 * @param counts how many of the batch are right; among the two highest scores; and among the five
 */
export const packEvaluationMetrics = (
  g: GraphBuilder,
  meanLoss: Tensor,
  counts: readonly Tensor[],
): Tensor => pack(g, [meanLoss, ...counts], DType.float32);
