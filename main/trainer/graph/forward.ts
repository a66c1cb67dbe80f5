import type { Tensor } from './builder.ts';
import { forwardOne, type Step } from './forward-one.ts';
import type { Primitive } from './lower.ts';
import type { Differentiable, Pass } from './pass.ts';
import type { LayerWeights } from './weights.ts';

/** What some steps made of each shard, and the way back. */
export interface Forward {
  outputs: readonly Tensor[];
  /** @param gradients of the loss with respect to each shard's output. @returns those with respect to its input */
  backward: (gradients: readonly Tensor[]) => readonly Tensor[];
}

/**
 * Some steps in turn, such as a whole network: images [N, H, W, C] in `compute` -> logits [N, classes], and the way back. A step is
 * written down for all shards before the next one is.
 * @param passes one for each shard @param inputs of each
 */
export function forward(
  passes: readonly Pass[],
  weights: readonly LayerWeights[],
  primitives: readonly Primitive[],
  inputs: readonly Tensor[],
): Forward {
  let outputs = inputs;
  const ways = primitives.map((primitive, k) => {
    const name = `${k}_${primitive.kind}`;
    const steps = passes.map((pass, shard) => {
      const x = ofShard(outputs, shard);
      const step = pass.g.within(`${pass.scope}/${name}`, () =>
        forwardOne(pass, weights, primitive, x),
      );
      pass.watched.push({
        index: primitive.index,
        output: step.output,
        relu: reluOf(primitive, step),
      });
      if (k === 0) pass.firstOutputs.push(step.output);
      return { ...step, pass };
    });
    outputs = steps.map(({ output }) => output);
    return (gradients: readonly Tensor[]) => backward(steps, gradients, `${name}_gradient`);
  });
  return {
    outputs,
    backward: (gradients) => ways.reduceRight((dys, way) => way(dys), gradients),
  };
}

/** As `forward`, of the whole batch in one shard. */
export function forwardWhole(
  pass: Pass,
  weights: readonly LayerWeights[],
  primitives: readonly Primitive[],
  input: Tensor,
): Differentiable {
  const { outputs, backward: back } = forward([pass], weights, primitives, [input]);
  return {
    output: ofShard(outputs, 0),
    backward: (gradient) => ofShard(back([gradient]), 0),
  };
}

const reluOf = (primitive: Primitive, step: Step): Tensor | null => {
  if ('relu' in step) return step.relu;
  return primitive.kind === 'activation' && primitive.activation === 'relu' ? step.output : null;
};

function backward(
  steps: readonly (Step & { pass: Pass })[],
  gradients: readonly Tensor[],
  name: string,
): Tensor[] {
  return steps.flatMap((step, shard) => {
    const { g, scope } = step.pass;
    if ('backward' in step)
      return g.within(`${scope}/${name}`, () => step.backward(ofShard(gradients, shard)));
    return shard === 0 ? g.within(name, () => step.backwardTogether(gradients)) : [];
  });
}

function ofShard(tensors: readonly Tensor[], shard: number): Tensor {
  const tensor = tensors[shard];
  if (!tensor) throw new Error(`there is nothing of shard ${shard}`);
  return tensor;
}
