import { DType, type GraphBuilder, type Tensor } from './builder.ts';
import type { PrimitiveOutput } from './differentiable.ts';
import { forwardShards } from './forward.ts';
import { interleaveImages } from './interleaving.ts';
import { fillUp, mixesExamples, withFilling, withoutFilling, type Layout } from './layout.ts';
import type { BatchContext } from './model.ts';
import { concat } from './arrays.ts';
import { cast, identity } from './ops.ts';
import { sum } from './sums.ts';
import { PassAccumulator } from './pass-accumulator.ts';
import { randomOf, type ShardContext } from './shard-context.ts';
import { equalShards, nearlyEqualShards, repeatFew } from './shard-rows.ts';
import type { Variable } from './variables.ts';

/** A forward pass of one batch through the whole network, and its backward pass. */
export interface NetworkPass {
  /** Float32 [N, classes]. */
  logits: Tensor;
  /**
   * @param gradient of the loss with respect to the logits, float32 [N, classes]
   * @returns the gradient with respect to each variable, float32, in its shape
   */
  backward: (gradient: Tensor) => Map<Variable, Tensor>;
  /** Each primitive's output over all shards. */
  outputs: readonly PrimitiveOutput[];
  /** The variables that the layers have read, and the new values of running statistics. */
  accumulated: Pick<PassAccumulator, 'reads' | 'updates'>;
}

/**
 * Writes the network once: pixels [N, H, W, C] -> logits [N, classes].
 * @param pixels in the type of the computation
 * @param training whether dropout drops and batch normalisation uses the batch's statistics
 */
export function buildNetworkPass(
  context: BatchContext,
  pixels: Tensor,
  training: boolean,
  layout: Layout,
): NetworkPass {
  const { g, compute, image, network, weights, primitives } = context.model;
  const { examples } = context.inputs;
  const { shards, sideBySide } = layout;
  const keepsAlone = training && mixesExamples(network.layers.map(({ layer }) => layer));
  const isFilled = shards * sideBySide > 1;
  // [N, H, W, C] -> [N', H, W, C] -> for each shard [N'/shards/k, H, W·k, C], k images side by side.
  const repeated = keepsAlone && isFilled ? repeatFew(g, pixels, examples, shards) : null;
  const filled = repeated ?? fillUp(g, pixels, examples, shards * sideBySide);
  const inShards = repeated ? nearlyEqualShards : equalShards;
  const rows = inShards(g, filled.examples, shards, examples);
  const size = [image.height, image.width, image.channels] as const;
  const accumulator = new PassAccumulator(context.variables);
  const random = randomOf(context, filled.examples);
  const contexts = Array.from({ length: shards }, (_, shard): ShardContext => {
    const scope = `${training ? 'train' : 'predict'}${shards > 1 ? shard : ''}`;
    return { g, compute, training, layout, rows, shard, scope, random, shared: accumulator };
  });
  const parts = rows
    .split(filled.images)
    .map((part) => interleaveImages(g, part, size, sideBySide));
  const forward = forwardShards(contexts, weights, primitives, parts);
  const withZeros = (gradient: Tensor): Tensor =>
    isFilled ? withFilling(g, gradient, examples, filled.examples) : gradient;
  const scores = cast(g, concat(g, forward.outputs), DType.float32);
  return {
    logits: isFilled ? withoutFilling(g, scores, examples) : scores,
    backward: (gradient) => {
      // [N, classes] -> [N', classes] -> for each shard [N'/shards, classes].
      const all = repeated?.shareOut(gradient) ?? withZeros(gradient);
      forward.backward(rows.split(cast(g, all, compute)));
      return sumOverShards(g, accumulator.gradients, shards);
    },
    outputs: forward.primitiveOutputs.map((ofShards) => joinShards(g, ofShards)),
    accumulated: accumulator,
  };
}

/**
 * Adds up the shards' gradients: the gradient of the loss over the whole batch, float32. A dense layer's gradient is known early, but its
 * sum waits until a shard has finished the backward pass: amid the pass it would delay one shard, with nothing to do beside it.
 */
function sumOverShards(
  g: GraphBuilder,
  parts: PassAccumulator['gradients'],
  shards: number,
): Map<Variable, Tensor> {
  const atEnd = ([...parts.values()].at(-1) ?? []).slice(0, 1);
  const sumOf = ([variable, terms]: [Variable, Tensor[]]): [Variable, Tensor] => {
    const waits = shards > 1 && variable.shape.length === 2;
    const known = waits ? terms.map((term) => identity(g, term, atEnd)) : terms;
    const wide = known.map((term) => cast(g, term, DType.float32));
    return [variable, sum(g, wide)];
  };
  return new Map([...parts].map(sumOf));
}

/** Joins a primitive's outputs for the shards into that for the whole batch. */
function joinShards(g: GraphBuilder, shards: readonly PrimitiveOutput[]): PrimitiveOutput {
  const [first] = shards;
  if (!first) throw new Error('there is no shard');
  const relus = shards.flatMap(({ relu }) => relu ?? []);
  return {
    index: first.index,
    output: concat(
      g,
      shards.map(({ output }) => output),
    ),
    relu: first.relu && concat(g, relus),
  };
}
