import type { NetworkShape } from '../../../shared/network-shape.ts';
import { DType, type GraphBuilder, type Tensor } from './builder.ts';
import { pack } from './arrays.ts';
import type { PrimitiveOutput } from './differentiable.ts';
import { allFinite, binary, cast, compare, reduce } from './ops.ts';
import { jointNorm } from './sums.ts';
import type { Variable, VariableAccess } from './variables.ts';
import { trainableVariables, type LayerWeights } from './weights.ts';

/** The norms of each trainable layer that are measured at a set interval of steps, in this order. */
export const NORMS = ['updateNorm', 'weightNorm'] as const;

/**
 * For each trainable layer, the norm of the gradient over all its weights before any clipping: float32 scalars. A norm is not finite if a
 * gradient is not, or if its square overflows float32.
 */
export function gradientNorms(
  g: GraphBuilder,
  gradients: ReadonlyMap<Variable, Tensor>,
  weights: readonly LayerWeights[],
): Tensor[] {
  return weights.flatMap((layer) => {
    const all = trainableVariables(layer).flatMap((variable) => gradients.get(variable) ?? []);
    return all.length === 0 ? [] : [jointNorm(g, all)];
  });
}

/**
 * For each trainable layer, the norm of its weights' update and the norm of the weights before: float32 [layers × 2].
 * @param reads each variable's value before the update
 * @param after the updates, which must have run before the new values are read
 */
export function layerNorms(
  g: GraphBuilder,
  variables: VariableAccess,
  reads: ReadonlyMap<Variable, Tensor>,
  weights: readonly LayerWeights[],
  after: readonly Tensor[],
): Tensor {
  const norms = weights.flatMap((layer) => {
    const learning = trainableVariables(layer).flatMap((variable) => {
      const before = reads.get(variable);
      return before ? [{ variable, before }] : [];
    });
    if (learning.length === 0) return [];
    const updates = learning.map(({ variable, before }) =>
      binary(g, 'Sub', variables.read(variable, after), before),
    );
    return [
      jointNorm(g, updates),
      jointNorm(
        g,
        learning.map(({ before }) => before),
      ),
    ];
  });
  return pack(g, norms, DType.float32);
}

/** Numbers of the layers that have norms. */
export const layersWithWeights = (weights: readonly LayerWeights[]): number[] =>
  weights.flatMap((layer, index) => (trainableVariables(layer).length > 0 ? [index] : []));

/** Numbers of the layers that end in a ReLU, the only ones whose units can die. */
export const layersWithRelu = (outputs: readonly PrimitiveOutput[]): number[] =>
  outputs.flatMap(({ index, relu }) => (relu ? [index] : []));

/**
 * For each of those layers, the share of its units that are zero at every place for every example of the batch, float32 [layers]; a unit is
 * a convolution's filter or a dense layer's unit. Null if there is no ReLU.
 */
export function deadShares(
  g: GraphBuilder,
  outputs: readonly PrimitiveOutput[],
  network: NetworkShape,
): Tensor | null {
  const shares = outputs.flatMap(({ index, relu }) => {
    if (!relu) return [];
    // All axes but the last, which holds the units.
    const rank = network.layers[index]?.output.length ?? 1;
    const axes = Array.from({ length: rank }, (_, axis) => axis);
    const largest = cast(g, reduce(g, 'Max', relu, axes), DType.float32);
    return [
      reduce(g, 'Mean', cast(g, compare(g, 'Equal', largest, g.float(0)), DType.float32), [0]),
    ];
  });
  return shares.length === 0 ? null : pack(g, shares, DType.float32);
}

/** For each primitive in turn, one if its whole output is finite, else zero: float32 [primitives]. */
export const finiteOutputs = (
  g: GraphBuilder,
  outputs: readonly PrimitiveOutput[],
  network: NetworkShape,
): Tensor =>
  pack(
    g,
    outputs.map(({ output, index }) =>
      allFinite(g, cast(g, output, DType.float32), (network.layers[index]?.output.length ?? 1) + 1),
    ),
    DType.float32,
  );
