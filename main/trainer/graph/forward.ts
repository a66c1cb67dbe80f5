import type { Tensor } from './builder.ts';
import type { Differentiable, PrimitiveOutput } from './differentiable.ts';
import { forwardPrimitives, type PrimitiveResult } from './forward-primitive.ts';
import type { Primitive } from './lower.ts';
import { ofShard, type ShardContext } from './shard-context.ts';
import type { LayerWeights } from './weights.ts';

/** What some primitives made of each shard, and the way back. */
export interface Forward {
  outputs: readonly Tensor[];
  /** What each primitive gave, for each shard. */
  primitiveOutputs: readonly (readonly PrimitiveOutput[])[];
  /**
   * @param gradients dy of each shard
   * @returns dx of each shard
   */
  backward: (gradients: readonly Tensor[]) => readonly Tensor[];
}

/**
 * Some primitives in turn, such as a whole network: images [N, H, W, C] -> logits [N, classes], and the way back. A primitive is
 * written for all shards before the next one is.
 * @param shards a context for each
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

/** As `forwardShards`, of the whole batch in one shard. */
export function forwardWholeBatch(
  context: ShardContext,
  weights: readonly LayerWeights[],
  primitives: readonly Primitive[],
  x: Tensor,
): Differentiable {
  const { outputs, backward } = forwardShards([context], weights, primitives, [x]);
  return {
    output: ofShard(outputs, 0),
    backward: (gradient) => ofShard(backward([gradient]), 0),
  };
}

const reluOf = (primitive: Primitive, result: PrimitiveResult): Tensor | null => {
  if ('relu' in result) return result.relu;
  return primitive.kind === 'activation' && primitive.activation === 'relu' ? result.output : null;
};

/** dy of each shard -> dx of each shard, through one primitive. */
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
