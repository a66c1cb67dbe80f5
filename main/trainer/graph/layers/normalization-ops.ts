import { attribute, DType, type GraphBuilder, type Tensor } from '../builder.ts';
import { fill } from '../arrays.ts';

/** The passes that batch normalisation consists of. TensorFlow's fused op does each of them: nothing is faster, and it takes bfloat16. */

/** Mean and variance of a batch or a part of it, by channel, float32 [C] each; the variance is the biased one, which normalises. */
export interface Statistics {
  mean: Tensor;
  variance: Tensor;
}

export const normalizationAttributes = (x: Tensor, epsilon: number, training: boolean) => ({
  T: attribute.type(x.type),
  U: attribute.type(DType.float32),
  epsilon: attribute.float(epsilon),
  data_format: attribute.string('NHWC'),
  is_training: attribute.bool(training),
});

/** Uses only the op's statistics, not its normalised output: two passes by other ops would take longer. */
export function statisticsOf(
  g: GraphBuilder,
  x: Tensor,
  channels: number,
  epsilon: number,
): Statistics {
  const none = fill(g, [0], g.float(0));
  const ones = fill(g, [channels], g.float(1));
  const y = g.op('FusedBatchNormV3', x.type, [x, ones, ones, none, none], {
    ...normalizationAttributes(x, epsilon, true),
    exponential_avg_factor: attribute.float(1),
  });
  const [mean, variance] = [3, 4].map((k) => g.output(y, k, DType.float32));
  if (!mean || !variance) throw new Error('the op has no statistics');
  return { mean, variance };
}

/** scale · (x − mean) / √(variance + ε) + shift, in one pass. */
export const scaleAndShift = (
  g: GraphBuilder,
  x: Tensor,
  scale: Tensor,
  shift: Tensor,
  { mean, variance }: Statistics,
  epsilon: number,
): Tensor =>
  g.op('FusedBatchNormV3', x.type, [x, scale, shift, mean, variance], {
    ...normalizationAttributes(x, epsilon, false),
    exponential_avg_factor: attribute.float(1),
  });

/** The gradient as if the statistics did not depend on x: dx = γ/σ · dy, and the sums dγ and dβ over this part. */
export function gradientThrough(
  g: GraphBuilder,
  dy: Tensor,
  x: Tensor,
  gamma: Tensor,
  { mean, variance }: Statistics,
  epsilon: number,
): { dx: Tensor; dGamma: Tensor; dBeta: Tensor } {
  const unused = fill(g, [0], g.float(0));
  const dx = g.op(
    'FusedBatchNormGradV3',
    x.type,
    [dy, x, gamma, mean, variance, unused],
    normalizationAttributes(x, epsilon, false),
  );
  return { dx, dGamma: g.output(dx, 1, DType.float32), dBeta: g.output(dx, 2, DType.float32) };
}
