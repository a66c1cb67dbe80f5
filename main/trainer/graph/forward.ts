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
type Step = Differentiable | JointlyDifferentiable;

function needed<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} has no variable`);
  return value;
}

function forwardOne(pass: Pass, weights: readonly LayerWeights[], p: Primitive, x: Tensor): Step {
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

/** What some steps made of each shard, and the way back. */
export interface Forward {
  outputs: readonly Tensor[];
  /** @param gradients of the loss with respect to each shard's output. @returns those with respect to each one's input */
  backward: (gradients: readonly Tensor[]) => readonly Tensor[];
  /** Of the loss with respect to what the first step gave: there the way back ends. Known after it. */
  readonly arrived: readonly Tensor[];
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
  let arrived: readonly Tensor[] = [];
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
    return (gradients: readonly Tensor[]) => {
      arrived = gradients;
      return backward(steps, gradients, `${name}_gradient`);
    };
  });
  return {
    outputs,
    backward: (gradients) => ways.reduceRight((dys, way) => way(dys), gradients),
    get arrived() {
      return arrived;
    },
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
