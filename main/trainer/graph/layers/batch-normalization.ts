import type { LayerOf } from '../../../../shared/config.ts';
import { attribute, DType, type Tensor } from '../builder.ts';
import { add, fill, reshape, scale, shapeOf } from '../ops.ts';
import { read, type Differentiable, type Pass } from '../pass.ts';
import type { Variable } from '../variables.ts';

/** Per channel: γ, β, and the running mean and variance that prediction uses. */
export interface Normalization {
  scale: Variable;
  shift: Variable;
  mean: Variable;
  variance: Variable;
}

/**
 * γ (x − mean) / √(variance + ε) + β per channel (Ioffe & Szegedy 2015), x [N, H, W, C] or [N, C].
 * Training uses the batch's statistics and moves the running ones: running = momentum · running + (1 − momentum) · batch.
 */
export function normalize(
  pass: Pass,
  layer: LayerOf<'batch-normalization'>,
  n: Normalization,
  input: Tensor,
  flatChannels: number | null,
): Differentiable {
  const { g, variables } = pass;
  const x = flatChannels === null ? input : reshape(g, input, [-1, 1, 1, flatChannels]);
  const back = (value: Tensor): Tensor =>
    flatChannels === null ? value : reshape(g, value, shapeOf(g, input));
  const attr = {
    T: attribute.type(x.type),
    U: attribute.type(DType.float32),
    epsilon: attribute.float(layer.epsilon),
    data_format: attribute.string('NHWC'),
    is_training: attribute.bool(pass.training),
  };
  const gamma = read(pass, n.scale);
  // In training the op takes no statistics in: it wants two empty rows.
  const none = fill(g, [0], g.float(0));
  const mean = pass.training ? none : variables.read(n.mean);
  const variance = pass.training ? none : variables.read(n.variance);
  const y = g.op('FusedBatchNormV3', x.type, [x, gamma, read(pass, n.shift), mean, variance], {
    ...attr,
    exponential_avg_factor: attribute.float(1),
  });
  if (pass.training) {
    for (const [running, k] of [
      [n.mean, 1],
      [n.variance, 2],
    ] as const) {
      const batch = g.output(y, k, DType.float32);
      const moved = add(
        g,
        scale(g, variables.read(running), layer.momentum),
        scale(g, batch, 1 - layer.momentum),
      );
      pass.updates.push((after) => variables.assign(running, moved, after));
    }
  }
  return {
    output: back(y),
    backward: (gradient) => {
      const dy = flatChannels === null ? gradient : reshape(g, gradient, [-1, 1, 1, flatChannels]);
      const kept = (k: number): Tensor => g.output(y, k, DType.float32);
      // The statistics that were used: the batch's, which the op has kept, or the running ones.
      const statistics = pass.training ? [kept(3), kept(4)] : [mean, variance];
      const inputs = [dy, x, gamma, ...statistics, kept(5)];
      const dx = g.op('FusedBatchNormGradV3', x.type, inputs, attr);
      pass.gradients.set(n.scale, g.output(dx, 1, DType.float32));
      pass.gradients.set(n.shift, g.output(dx, 2, DType.float32));
      return back(dx);
    },
  };
}
