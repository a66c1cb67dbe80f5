import type { LayerConfig, LayerOf } from './config.ts';
import { FailureError } from './ipc.ts';
import {
  impossibleSentence,
  misfitOfSlides,
  misfitWords,
  type LayerMisfit,
  type NetworkMisfit,
} from './misfits.ts';
import { slideOver, type Pads, type SlidingLayer } from './sliding.ts';

/**
 * Computes shapes, parameters and multiply-adds of a layer list. The form shows the results while a person types, and the compiler builds
 * by them, so the two cannot disagree.
 */

/** The shape of the images, and the number of classes. */
export interface ImageShape {
  height: number;
  width: number;
  channels: number;
  classes: number;
}

/** One example's shape: an image [height, width, channels] or a row [units]. */
export type ExampleShape = readonly [number, number, number] | readonly [number];

/** Memory in bytes, in float32. */
export interface Memory {
  /** Weights, and the running statistics of batch normalisation. */
  parameters: number;
  /** The output for one example. */
  activations: number;
}

/** What one layer does with its input. Counts are for one example. */
export interface LayerShape {
  layer: LayerConfig;
  input: ExampleShape;
  output: ExampleShape;
  /** Zeros put above/below and left/right of the image; none if the layer has no sliding window. */
  pads: { height: Pads; width: Pads };
  parameters: number;
  multiplyAdds: number;
  memory: Memory;
  /** Weights that a dense layer from the same input to the same output would need. */
  denseConnections: number;
}

/** Sums over all layers; counts are for one example. */
export interface NetworkTotals {
  parameters: number;
  multiplyAdds: number;
  memory: Memory;
}

export interface NetworkShape extends NetworkTotals {
  layers: LayerShape[];
}

const FLOAT_BYTES = 4;
/** A weight, its gradient, and the most slots that an optimizer keeps. */
const COPIES_OF_A_WEIGHT = 4;
/** An activation, its gradient, and what the step keeps of it: dropout masks, values before pooling. */
const COPIES_OF_AN_ACTIVATION = 3;

/**
 * Estimates the bytes that training needs for a layer or a network, in float32 and without sharing memory. By measurements of the presets,
 * it needs between half of this and all of it; TensorFlow itself, some 400 MB, comes on top.
 */
export const trainingBytes = ({ parameters, activations }: Memory, batchSize: number): number =>
  parameters * COPIES_OF_A_WEIGHT + activations * batchSize * COPIES_OF_AN_ACTIVATION;

export const elementCount = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

const noPads: LayerShape['pads'] = { height: [0, 0], width: [0, 0] };

interface Made {
  output: ExampleShape;
  parameters?: number;
  /** Values that are kept but not learned. */
  statistics?: number;
  multiplyAdds?: number;
  pads?: LayerShape['pads'];
}

function slid(layer: SlidingLayer, input: ExampleShape): Made | LayerMisfit {
  if (input.length !== 3) return { kind: 'needs-image' };
  const slides = slideOver(layer, input);
  const misfit = misfitOfSlides(slides);
  if (misfit) return misfit;
  const [{ output: height, pads: above }, { output: width, pads: beside }] = slides;
  const pads = { height: above, width: beside };
  if (layer.type === 'pooling') return { output: [height, width, input[2]], pads };
  const weights = connectionWeights(layer, input);
  return {
    output: [height, width, layer.filters],
    parameters: weights + (layer.bias ? layer.filters : 0),
    multiplyAdds: weights * height * width,
    pads,
  };
}

/** A convolution's weights without its biases. */
export const connectionWeights = (
  { kernel, filters }: LayerOf<'convolution'>,
  input: ExampleShape,
): number => elementCount(kernel) * (input.at(-1) ?? 0) * filters;

function makeLayerShape(layer: LayerConfig, input: ExampleShape): Made | LayerMisfit {
  switch (layer.type) {
    case 'convolution':
    case 'pooling':
      return slid(layer, input);
    case 'dropout':
      return { output: input };
    case 'batch-normalization': {
      // Scale and shift are parameters, running mean and variance are statistics.
      const each = 2 * (input.at(-1) ?? 0);
      return { output: input, parameters: each, statistics: each };
    }
    case 'flatten':
      return { output: [elementCount(input)] };
    case 'global-average-pooling':
      return input.length === 3 ? { output: [input[2]] } : { kind: 'needs-image' };
    case 'dense': {
      if (input.length !== 1) return { kind: 'needs-row', input };
      const weights = input[0] * layer.units;
      return {
        output: [layer.units],
        parameters: weights + (layer.bias ? layer.units : 0),
        multiplyAdds: weights,
      };
    }
  }
}

/** A layer list's shapes, up to the first layer that does not fit. */
export interface LayerWalk {
  shapes: LayerShape[];
  /** Why the next layer is impossible; null if all layers fit. */
  misfit: LayerMisfit | null;
}

export function walkLayers(
  layers: readonly LayerConfig[],
  input: readonly [number, number, number],
): LayerWalk {
  const shapes: LayerShape[] = [];
  for (const layer of layers) {
    const from = shapes.at(-1)?.output ?? input;
    const made = makeLayerShape(layer, from);
    if ('kind' in made) return { shapes, misfit: made };
    const { output, parameters = 0, statistics = 0, multiplyAdds = 0, pads = noPads } = made;
    shapes.push({
      ...{ layer, input: from, output, pads, parameters, multiplyAdds },
      memory: {
        parameters: FLOAT_BYTES * (parameters + statistics),
        activations: FLOAT_BYTES * elementCount(output),
      },
      denseConnections: elementCount(from) * elementCount(output),
    });
  }
  return { shapes, misfit: null };
}

/** Number of the layer whose outputs are the scores, since dropout and flatten pass values on. Below zero if there is none. */
export const findScorer = (layers: readonly LayerConfig[]): number =>
  layers.findLastIndex(({ type }) => type !== 'dropout' && type !== 'flatten');

/**
 * Why a network whose layers all fit cannot be trained; null if it can.
 * @param shapes of all its layers
 */
export function misfitOfNetwork(
  shapes: readonly LayerShape[],
  input: ExampleShape,
  classes: number,
): NetworkMisfit | null {
  const layers = shapes.map(({ layer }) => layer);
  const output = shapes.at(-1)?.output ?? input;
  const scorer = layers[findScorer(layers)];
  const activation = scorer && 'activation' in scorer ? scorer.activation : 'none';
  if (output.length !== 1 || output[0] !== classes || activation !== 'none')
    return { kind: 'no-scores', output, activation, classes };
  return shapes.every(({ parameters }) => parameters === 0) ? { kind: 'no-weights' } : null;
}

export function sumLayers(shapes: readonly LayerShape[]): NetworkTotals {
  const sum = (of: (layer: LayerShape) => number): number =>
    shapes.reduce((a, layer) => a + of(layer), 0);
  return {
    parameters: sum((l) => l.parameters),
    multiplyAdds: sum((l) => l.multiplyAdds),
    memory: {
      parameters: sum((l) => l.memory.parameters),
      activations: sum((l) => l.memory.activations),
    },
  };
}

/**
 * Shapes of every layer of a network for images of `input` shape.
 * @throws FailureError if a layer does not fit, naming the first, if the output is not one score for each class, or if nothing is learned
 */
export function networkShape(
  layers: readonly LayerConfig[],
  input: readonly [number, number, number],
  classes: number,
): NetworkShape {
  const { shapes, misfit } = walkLayers(layers, input);
  const index = shapes.length;
  if (misfit)
    throw impossible(`network.layers.${index} (${layers[index]?.type ?? 'layer'})`, misfit);
  const untrainable = misfitOfNetwork(shapes, input, classes);
  if (untrainable) throw impossible('network.layers', untrainable);
  return { layers: shapes, ...sumLayers(shapes) };
}

/** @param where the layer's path in the configuration */
const impossible = (where: string, misfit: LayerMisfit | NetworkMisfit): FailureError =>
  new FailureError({
    what: impossibleSentence(misfit),
    where,
    remedy: misfitWords(misfit).remedy,
  });
