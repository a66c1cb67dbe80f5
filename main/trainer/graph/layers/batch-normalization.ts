import type { LayerOf } from '../../../../shared/config.ts';
import { attribute, DType, type Tensor } from '../builder.ts';
import { fill, reshape, shapeOf } from '../arrays.ts';
import type { Differentiable } from '../differentiable.ts';
import type { NormalizationPrimitive } from '../lower.ts';
import { add, binary, cast, multiply, scale, signsOf, unary } from '../ops.ts';
import type { ShardContext } from '../shard-context.ts';
import type { Normalization } from '../weights.ts';
import { normalizationAttributes } from './normalization-ops.ts';
import { forwardPooling } from './pooling.ts';

/**
 * y = γ (x − mean) / √(variance + ε) + β per channel (Ioffe & Szegedy 2015), x and y [N, H, W, C] or [N, C].
 * Training uses the batch's statistics and moves the running ones, which prediction uses.
 */
export function forwardBatchNormalization(
  context: ShardContext,
  primitive: NormalizationPrimitive,
  n: Normalization,
  x: Tensor,
): Differentiable {
  const { layer, shape } = primitive;
  const [flatChannels = 1] = shape.input;
  return context.training
    ? normalizeByBatch(context, layer, n, x, shape.input.length === 1 ? flatChannels : null)
    : normalizeByRunning(context, primitive, n, x);
}

/**
 * Gives per-channel values, float32 [C], the sign that their channel has in x. If max-pooling was moved before the normalisation, the
 * convolution gives −x for channels whose γ is negative, so that the maximum picks what will be the largest output. As the mean and γ
 * change their sign with x, the output is the same. Without such a pooling no sign changes.
 */
export function turnerOf(
  { g, shared }: ShardContext,
  { pooling }: NormalizationPrimitive,
  n: Normalization,
): (value: Tensor) => Tensor {
  if (!pooling) return (value) => value;
  const turns = signsOf(g, shared.readVariable(n.scale));
  return (value) => multiply(g, value, turns);
}

/** Applies the max-pooling that was moved before the normalisation, if there is one. */
export const poolFirst = (
  { g, layout }: ShardContext,
  { pooling }: NormalizationPrimitive,
  x: Tensor,
): Differentiable =>
  pooling
    ? forwardPooling(g, pooling.layer, pooling.shape, x, layout.sideBySide)
    : { output: x, backward: (dy) => dy };

/**
 * Moves the running statistics: running = momentum · running + (1 − momentum) · batch.
 * @param batch its mean and its unbiased variance, as FusedBatchNormV3 gives it: n / (n − 1) times the variance that it normalises by, for
 * n values in each channel
 */
export function moveStatistics(
  { g, shared }: Pick<ShardContext, 'g' | 'shared'>,
  layer: LayerOf<'batch-normalization'>,
  n: Normalization,
  batch: { mean: Tensor; variance: Tensor },
): void {
  for (const part of ['mean', 'variance'] as const) {
    const moved = add(
      g,
      scale(g, shared.readVariable(n[part]), layer.momentum),
      scale(g, batch[part], 1 - layer.momentum),
    );
    shared.updates.set(n[part], moved);
  }
}

function normalizeByBatch(
  { g, shared }: ShardContext,
  layer: LayerOf<'batch-normalization'>,
  n: Normalization,
  input: Tensor,
  flatChannels: number | null,
): Differentiable {
  // The op takes images: [N, C] goes in as [N, 1, 1, C].
  const x = flatChannels === null ? input : reshape(g, input, [-1, 1, 1, flatChannels]);
  const asInput = (value: Tensor): Tensor =>
    flatChannels === null ? value : reshape(g, value, shapeOf(g, input));
  const attr = normalizationAttributes(x, layer.epsilon, true);
  const gamma = shared.readVariable(n.scale);
  // In training the op reads no statistics; it wants two empty rows instead.
  const none = fill(g, [0], g.float(0));
  const y = g.op('FusedBatchNormV3', x.type, [x, gamma, shared.readVariable(n.shift), none, none], {
    ...attr,
    exponential_avg_factor: attribute.float(1),
  });
  const batch = { mean: g.output(y, 1, DType.float32), variance: g.output(y, 2, DType.float32) };
  moveStatistics({ g, shared }, layer, n, batch);
  return {
    output: asInput(y),
    backward: (gradient) => {
      const dy = flatChannels === null ? gradient : reshape(g, gradient, [-1, 1, 1, flatChannels]);
      const reserved = [3, 4, 5].map((k) => g.output(y, k, DType.float32));
      const dx = g.op('FusedBatchNormGradV3', x.type, [dy, x, gamma, ...reserved], attr);
      shared.addGradient(n.scale, g.output(dx, 1, DType.float32));
      shared.addGradient(n.shift, g.output(dx, 2, DType.float32));
      return asInput(dx);
    },
  };
}

/**
 * Normalises with one factor and one summand for each channel. The op above is not used: TensorFlow would fuse it with a convolution before
 * it and a tanh or sigmoid after it, and has no kernel for that. It is computed in float32, since the summand may be many times as large as
 * the result.
 */
function normalizeByRunning(
  context: ShardContext,
  primitive: NormalizationPrimitive,
  n: Normalization,
  input: Tensor,
): Differentiable {
  const { g, shared } = context;
  const { layer } = primitive;
  const turned = turnerOf(context, primitive, n);
  const pooled = poolFirst(context, primitive, input);
  const x = cast(g, pooled.output, DType.float32);
  const variance = add(g, shared.readVariable(n.variance), g.float(layer.epsilon));
  const factor = multiply(g, turned(shared.readVariable(n.scale)), unary(g, 'Rsqrt', variance));
  const centred = binary(g, 'Sub', x, turned(shared.readVariable(n.mean)));
  const y = add(g, multiply(g, centred, factor), shared.readVariable(n.shift));
  return {
    output: cast(g, y, input.type),
    backward: (dy) =>
      pooled.backward(cast(g, multiply(g, cast(g, dy, DType.float32), factor), input.type)),
  };
}
