import { elementCount, type ExampleShape } from '../../../shared/network-shape.ts';
import type { Tensor } from './builder.ts';
import type { Differentiable, JointlyDifferentiable } from './differentiable.ts';
import { interleaveImages, separateImages } from './interleaving.ts';
import { forwardActivation } from './layers/activation.ts';
import { forwardBatchNormalization } from './layers/batch-normalization.ts';
import { normalizeTogether } from './layers/joint-normalization.ts';
import { forwardBias } from './layers/bias.ts';
import { forwardConvolution } from './layers/convolution.ts';
import { forwardDense } from './layers/dense.ts';
import { dropoutScale, forwardDropout, forwardReluDropout } from './layers/dropout.ts';
import { forwardGlobalAveragePooling, forwardPooling } from './layers/pooling.ts';
import type { Primitive } from './lower.ts';
import { reshape } from './arrays.ts';
import type { ShardContext } from './shard-context.ts';
import type { LayerWeights } from './weights.ts';

/** The result of one primitive for one shard. */
export type PrimitiveResult = Differentiable | JointlyDifferentiable;

function requireVariable<T>(value: T | undefined, layer: number): T {
  if (value === undefined) throw new Error(`layer ${layer} has no variable`);
  return value;
}

/**
 * Writes one primitive for all shards.
 * @param weights of all layers, by number
 * @param inputs x of each shard
 * @throws Error like `forwardPrimitive`
 */
export function forwardPrimitives(
  shards: readonly ShardContext[],
  weights: readonly LayerWeights[],
  p: Primitive,
  name: string,
  inputs: readonly Tensor[],
): PrimitiveResult[] {
  const [first] = shards;
  if (p.kind === 'normalization' && first?.training && (shards.length > 1 || p.pooling)) {
    const n = requireVariable(weights[p.index]?.normalization, p.index);
    return normalizeTogether(shards, name, p, n, inputs);
  }
  return shards.flatMap((context, shard) => {
    const x = inputs[shard];
    if (!x) throw new Error(`there is nothing of shard ${shard}`);
    return context.g.within(`${context.scope}/${name}`, () =>
      forwardPrimitive(context, weights, p, x),
    );
  });
}

/**
 * Writes one primitive for one shard: the place where a kind of primitive meets its rule.
 * @param weights of all layers, by number
 * @param x [N, …] in the context's `compute`
 * @throws Error where a layer lacks the variables of its type
 */
export function forwardPrimitive(
  context: ShardContext,
  weights: readonly LayerWeights[],
  p: Primitive,
  x: Tensor,
): PrimitiveResult {
  const { g, layout } = context;
  switch (p.kind) {
    case 'convolution':
    case 'dense': {
      const factor =
        context.training && p.scaledFor !== null ? dropoutScale(context, p.scaledFor) : null;
      const w = requireVariable(weights[p.index]?.weights, p.index);
      const turn =
        p.kind === 'convolution' && p.turnedBy !== null
          ? requireVariable(weights[p.turnedBy]?.normalization, p.turnedBy).scale
          : null;
      return p.kind === 'dense'
        ? forwardDense(context, w, x, factor)
        : forwardConvolution(context, p.layer, p.shape, w, x, factor, turn);
    }
    case 'bias':
      return forwardBias(context, p, requireVariable(weights[p.index]?.bias, p.index), x);
    case 'activation':
      return forwardActivation(g, p.activation, x, context.training && p.normalized);
    case 'normalization': {
      const n = requireVariable(weights[p.index]?.normalization, p.index);
      return forwardBatchNormalization(context, p, n, x);
    }
    case 'pooling':
      return forwardPooling(g, p.layer, p.shape, x, layout.sideBySide);
    case 'dropout':
      return forwardDropout(context, x, p.draw, p.units);
    case 'relu-dropout':
      return forwardReluDropout(context, x, p.draw, p.units);
    case 'flatten':
      return forwardFlatten(context, p.shape.input, x);
    case 'global-average-pooling':
      return forwardGlobalAveragePooling(g, p.shape, x, layout.sideBySide);
  }
}

/** x [N, H, W, C] -> y [N, H·W·C]; images that lie side by side are separated, since a dense layer takes them one by one. */
function forwardFlatten(
  { g, layout }: ShardContext,
  shape: ExampleShape,
  x: Tensor,
): Differentiable {
  const { sideBySide } = layout;
  return {
    output: reshape(g, separateImages(g, x, shape, sideBySide), [-1, elementCount(shape)]),
    backward: (dy) => interleaveImages(g, reshape(g, dy, [-1, ...shape]), shape, sideBySide),
  };
}
