import type { Activation } from '../../../shared/config.ts';
import { DType, type GraphBuilder, type Tensor } from './builder.ts';
import type { Differentiable } from './differentiable.ts';
import { forwardShards } from './forward.ts';
import { LEAK } from './layers/activation.ts';
import { UNDIVIDED } from './layout.ts';
import { layerPrimitives } from './lower.ts';
import type { BatchContext } from './model.ts';
import { binary, cast, scale } from './ops.ts';
import { PassAccumulator } from './pass-accumulator.ts';
import { equalShards } from './shard-rows.ts';
import { ofShard, randomOf } from './shard-context.ts';

/** A layer of the list, as it is written in prediction mode. */
export interface LayerInFloat32 extends Differentiable {
  /** What its activation is given; null where it has none. */
  beforeActivation: Tensor | null;
}

/** The whole network in the order of the layer list, which `lowerNetwork` may change: [N, H, W, C] -> … -> [N, classes]. */
export interface NetworkInFloat32 {
  layers: readonly LayerInFloat32[];
  /** Holds the gradients of the variables once the way back is written. */
  shared: PassAccumulator;
}

/** Writes the network once more, layer by layer, in prediction mode and in float32. */
export function layersInFloat32(context: BatchContext): NetworkInFloat32 {
  const { g, weights, network } = context.model;
  const { inputs, variables } = context;
  const shared = new PassAccumulator(variables);
  const random = randomOf(context, inputs.examples);
  let x = cast(g, inputs.pixels, DType.float32);
  const layers = layerPrimitives(network).map((primitives, k): LayerInFloat32 => {
    const shard = {
      g,
      compute: DType.float32,
      training: false,
      layout: UNDIVIDED,
      rows: equalShards(g, inputs.examples, UNDIVIDED.shards),
      shard: 0,
      scope: `layer_${k}`,
      random,
      shared,
    };
    const written = forwardShards([shard], weights, primitives, [x]);
    x = ofShard(written.outputs, 0);
    const last = primitives.at(-1);
    return {
      output: x,
      beforeActivation:
        last?.kind === 'activation'
          ? beforeActivation(g, last.activation, x, written.primitiveOutputs.at(-2)?.[0]?.output)
          : null,
      backward: (gradient) => ofShard(written.backward([gradient]), 0),
    };
  });
  return { layers, shared };
}

/** @param given what the primitive before gives */
function beforeActivation(
  g: GraphBuilder,
  activation: Activation,
  output: Tensor,
  given: Tensor | undefined,
): Tensor | null {
  if (activation !== 'leaky-relu') return given ?? null;
  // TensorFlow fuses leaky ReLU with the bias before it, and stumbles where that is asked for as well.
  return binary(g, 'Minimum', output, scale(g, output, 1 / LEAK));
}

/**
 * Gradients with respect to each layer's output and to the image, each in the shape of that output or image.
 * @param last the gradient with respect to the last layer's output, [N, classes]
 */
export function gradientsBackward(
  { g }: BatchContext['model'],
  layers: readonly Differentiable[],
  last: Tensor,
): { atOutputs: Tensor[]; atImage: Tensor } {
  const atOutputs: Tensor[] = [];
  let gradient = last;
  for (const [k, layer] of [...layers.entries()].reverse()) {
    atOutputs[k] = gradient;
    const dy = gradient;
    gradient = g.within(`layer_${k}`, () => layer.backward(dy));
  }
  return { atOutputs, atImage: gradient };
}
