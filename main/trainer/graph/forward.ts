import type { Tensor } from './builder.ts';
import type { PrimitiveOutput } from './differentiable.ts';
import { forwardPrimitives, type PrimitiveResult } from './forward-primitive.ts';
import type { Primitive } from './lower.ts';
import { ofShard, type ShardContext } from './shard-context.ts';
import type { LayerWeights } from './weights.ts';

/** The forward pass of some primitives over all shards, and their backward pass. */
export interface Forward {
  outputs: readonly Tensor[];
  /** Each primitive's output, for each shard. */
  primitiveOutputs: readonly (readonly PrimitiveOutput[])[];
  /**
   * @param gradients dy of each shard
   * @returns dx of each shard
   */
  backward: (gradients: readonly Tensor[]) => readonly Tensor[];
}

/**
 * Writes primitives one after the other, such as a whole network: images [N, H, W, C] -> logits [N, classes], and the backward pass. A
 * primitive is written for all shards before the next one is.
 * @param shards one context for each shard
 * @param inputs x of each shard, in `compute`
 */
export function forwardShards(
  shards: readonly ShardContext[],
  weights: readonly LayerWeights[],
  primitives: readonly Primitive[],
  inputs: readonly Tensor[],
): Forward {
  let outputs = inputs;
  const primitiveOutputs: PrimitiveOutput[][] = [];
  const backwards = primitives.map((primitive, k) => {
    const name = `${k}_${primitive.kind}`;
    const results = forwardPrimitives(shards, weights, primitive, name, outputs);
    if (k === 0) for (const { output } of results) shards[0]?.shared.firstOutputs.push(output);
    outputs = results.map(({ output }) => output);
    primitiveOutputs.push(
      results.map((result) => ({
        index: primitive.index,
        output: result.output,
        relu: reluOf(primitive, result),
      })),
    );
    return (gradients: readonly Tensor[]) =>
      backwardShards(shards, results, gradients, `${name}_gradient`);
  });
  return {
    outputs,
    primitiveOutputs,
    backward: (gradients) => backwards.reduceRight((dys, backward) => backward(dys), gradients),
  };
}

const reluOf = (primitive: Primitive, result: PrimitiveResult): Tensor | null => {
  if ('relu' in result) return result.relu;
  return primitive.kind === 'activation' && primitive.activation === 'relu' ? result.output : null;
};

/** The backward pass of one primitive: dy of each shard -> dx of each shard. */
function backwardShards(
  shards: readonly ShardContext[],
  results: readonly PrimitiveResult[],
  gradients: readonly Tensor[],
  name: string,
): Tensor[] {
  return shards.flatMap(({ g, scope }, shard) => {
    const result = results[shard];
    if (!result) throw new Error(`there is no result of shard ${shard}`);
    if ('backward' in result)
      return g.within(`${scope}/${name}`, () => result.backward(ofShard(gradients, shard)));
    return shard === 0 ? g.within(name, () => result.backwardTogether(gradients)) : [];
  });
}
