import { elements, type ExampleShape } from '../../../shared/network-shape.ts';
import type { Tensor } from './builder.ts';
import { interleave, separate } from './interleaving.ts';
import { activate } from './layers/activation.ts';
import { normalize } from './layers/batch-normalization.ts';
import { addBias } from './layers/bias.ts';
import { convolve } from './layers/convolution.ts';
import { connect } from './layers/dense.ts';
import { drop, keepScale, reluAndDrop } from './layers/dropout.ts';
import { pool, poolGlobally } from './layers/pooling.ts';
import type { Primitive } from './lower.ts';
import { reshape } from './arrays.ts';
import type { Differentiable, JointlyDifferentiable, Pass } from './pass.ts';
import type { LayerWeights } from './weights.ts';

/** A step's part for one shard. */
export type Step = Differentiable | JointlyDifferentiable;

function needed<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} has no variable`);
  return value;
}

/** @param x [N, …] in `pass.compute`. @throws Error where the weights are not the layers' */
export function forwardOne(
  pass: Pass,
  weights: readonly LayerWeights[],
  p: Primitive,
  x: Tensor,
): Step {
  const { g } = pass;
  switch (p.kind) {
    case 'convolution':
    case 'dense': {
      const factor = pass.training && p.scaledFor !== null ? keepScale(pass, p.scaledFor) : null;
      const w = needed(weights[p.index]?.weights, `layer ${p.index}`);
      return p.kind === 'dense'
        ? connect(pass, w, x, factor)
        : convolve(pass, p.layer, p.shape, w, x, factor);
    }
    case 'bias':
      return addBias(pass, needed(weights[p.index]?.bias, `layer ${p.index}`), x);
    case 'activation':
      return activate(g, p.activation, x);
    case 'normalization': {
      const { input } = p.shape;
      const n = needed(weights[p.index]?.normalization, `layer ${p.index}`);
      return normalize(pass, p.layer, n, x, input.length === 1 ? input[0] : null);
    }
    case 'pooling':
      return pool(g, p.layer, p.shape, x, pass.layout.sideBySide);
    case 'dropout':
      return drop(pass, x, p.draw, p.units);
    case 'relu-dropout':
      return reluAndDrop(pass, x, p.draw, p.units);
    case 'flatten':
      return flatten(pass, p.shape.input, x);
    case 'global-average-pooling':
      return poolGlobally(g, p.shape, x, pass.layout.sideBySide);
  }
}

/** [N, H, W, C] -> [N, H·W·C]. */
function flatten({ g, layout }: Pass, shape: ExampleShape, x: Tensor): Differentiable {
  const { sideBySide } = layout;
  return {
    output: reshape(g, separate(g, x, shape, sideBySide), [-1, elements(shape)]),
    backward: (dy) => interleave(g, reshape(g, dy, [-1, ...shape]), shape, sideBySide),
  };
}
