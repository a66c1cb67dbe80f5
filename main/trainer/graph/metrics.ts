import { DType, type GraphBuilder, type Tensor } from './builder.ts';
import { pack } from './arrays.ts';

/**
 * The order of the numbers that a training step and an evaluation answer as `metrics`: mean loss and right answers lead; a step's
 * gradient norms follow, or an evaluation's answers that are right at the second try.
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

/** Scalars -> float32 [3]. */
export const packEvaluationMetrics = (
  g: GraphBuilder,
  meanLoss: Tensor,
  correct: Tensor,
  topTwo: Tensor,
): Tensor => pack(g, [meanLoss, correct, topTwo], DType.float32);
