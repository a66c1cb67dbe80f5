import type { LayerConfig, LayerOf } from './config.ts';
import { impossible, slideOver, type Pads } from './sliding.ts';

/**
 * Shape, parameter and multiply-add arithmetic of a layer list. The form shows it as one types and the compiler builds
 * by it, so the two cannot disagree.
 */

/** What the data look like to a network. */
export interface ImageShape {
  height: number;
  width: number;
  channels: number;
  classes: number;
}

/** One example's shape: an image [height, width, channels] or a row [units]. */
export type ExampleShape = readonly [number, number, number] | readonly [number];

/** Bytes in float32. */
export interface Memory {
  /** Weights, and the running statistics of batch normalisation. */
  parameters: number;
  /** Of one example's output. */
  activations: number;
}

/** What one layer makes of its input. Counts are for one example. */
export interface LayerShape {
  layer: LayerConfig;
  input: ExampleShape;
  output: ExampleShape;
  /** Zeros put above/below and left of/right of the image; none where the layer does not slide. */
  pads: { height: Pads; width: Pads };
  parameters: number;
  multiplyAdds: number;
  memory: Memory;
  /** Weights that a dense layer from the same input to the same output would need. */
  denseConnections: number;
}

export interface NetworkShape {
  layers: LayerShape[];
  parameters: number;
  multiplyAdds: number;
  memory: Memory;
}

const FLOAT_BYTES = 4;
/** A weight, its gradient, and the most slots that an optimizer keeps. */
const COPIES_OF_A_WEIGHT = 4;
/** An activation, its gradient, and what the step keeps of it: dropout masks, values before pooling. */
const COPIES_OF_AN_ACTIVATION = 3;

/**
 * Bytes that training needs for a layer or a network: float32, nothing shared. Measured on the presets it needs between half of
 * this and all of it; TensorFlow itself, some 400 MB, comes on top.
 */
export const trainingBytes = ({ parameters, activations }: Memory, batchSize: number): number =>
  parameters * COPIES_OF_A_WEIGHT + activations * batchSize * COPIES_OF_AN_ACTIVATION;

export const elementCount = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const textOf = (shape: ExampleShape): string => shape.join('×');

function imageDims(where: string, shape: ExampleShape): readonly [number, number, number] {
  if (shape.length === 3) return shape;
  throw impossible(
    where,
    'it needs an image, but its input is already flat',
    'Move it before the flatten.',
  );
}

const noPads: LayerShape['pads'] = { height: [0, 0], width: [0, 0] };

interface Made {
  output: ExampleShape;
  parameters?: number;
  /** Numbers that are kept but not learned. */
  statistics?: number;
  multiplyAdds?: number;
  pads?: LayerShape['pads'];
}

function convolution(where: string, layer: LayerOf<'convolution'>, input: ExampleShape): Made {
  const from = imageDims(where, input);
  const { height, width, ...slid } = slideOver(
    where,
    from,
    layer.kernel,
    layer.stride,
    layer.padding,
  );
  const weights = elementCount(layer.kernel) * from[2] * layer.filters;
  return {
    output: [height, width, layer.filters],
    parameters: weights + (layer.bias ? layer.filters : 0),
    multiplyAdds: weights * height * width,
    ...slid,
  };
}

function makeLayerShape(where: string, layer: LayerConfig, input: ExampleShape): Made {
  switch (layer.type) {
    case 'convolution':
      return convolution(where, layer, input);
    case 'pooling': {
      const from = imageDims(where, input);
      const { height, width, ...slid } = slideOver(
        where,
        from,
        layer.size,
        layer.stride,
        layer.padding,
      );
      return { output: [height, width, from[2]], ...slid };
    }
    case 'dropout':
      return { output: input };
    case 'batch-normalization': {
      // Scale and shift; running mean and variance.
      const each = 2 * (input.at(-1) ?? 0);
      return { output: input, parameters: each, statistics: each };
    }
    case 'flatten':
      return { output: [elementCount(input)] };
    case 'global-average-pooling':
      return { output: [imageDims(where, input)[2]] };
    case 'dense': {
      if (input.length !== 1)
        throw impossible(
          where,
          `a dense layer needs a flat input, but its input is ${textOf(input)}`,
          'Put a flatten or a global average pooling before it.',
        );
      const weights = input[0] * layer.units;
      return {
        output: [layer.units],
        parameters: weights + (layer.bias ? layer.units : 0),
        multiplyAdds: weights,
      };
    }
  }
}

/** @throws FailureError where the output is not one score a class */
function checkScores(layers: readonly LayerConfig[], output: ExampleShape, classes: number): void {
  // Dropout and flatten pass on what an activation has made of the scores.
  const scorer = layers.findLast(({ type }) => type !== 'dropout' && type !== 'flatten');
  const activation = scorer && 'activation' in scorer ? scorer.activation : 'none';
  if (output.length === 1 && output[0] === classes && activation === 'none') return;
  const activated = activation === 'none' ? '' : `, activation ${activation}`;
  throw impossible(
    'network.layers',
    `its output is ${textOf(output)}${activated}, but it must be ${classes} scores, one a class, without activation`,
    `End with a dense layer of ${classes} units and activation "none", or a global average pooling over ${classes} filters; a dropout may follow.`,
  );
}

/**
 * Shapes of every layer of a network for images of `input` shape.
 * @throws FailureError naming the first layer that cannot be, an output that is not one score a class, or that nothing is
 *   learned.
 */
export function networkShape(
  layers: readonly LayerConfig[],
  input: readonly [number, number, number],
  classes: number,
): NetworkShape {
  let shape: ExampleShape = input;
  const shapes = layers.map((layer, index): LayerShape => {
    const made = makeLayerShape(`network.layers.${index} (${layer.type})`, layer, shape);
    const from = shape;
    shape = made.output;
    const { parameters = 0, statistics = 0 } = made;
    return {
      layer,
      input: from,
      output: made.output,
      pads: made.pads ?? noPads,
      parameters,
      multiplyAdds: made.multiplyAdds ?? 0,
      memory: {
        parameters: FLOAT_BYTES * (parameters + statistics),
        activations: FLOAT_BYTES * elementCount(made.output),
      },
      denseConnections: elementCount(from) * elementCount(made.output),
    };
  });
  checkScores(layers, shapes.at(-1)?.output ?? input, classes);
  if (shapes.every(({ parameters }) => parameters === 0))
    throw impossible(
      'network.layers',
      'none of its layers has weights, so there is nothing to learn',
      'Add a convolution or a dense layer.',
    );
  const sum = (of: (layer: LayerShape) => number): number =>
    shapes.reduce((a, layer) => a + of(layer), 0);
  return {
    layers: shapes,
    parameters: sum((l) => l.parameters),
    multiplyAdds: sum((l) => l.multiplyAdds),
    memory: {
      parameters: sum((l) => l.memory.parameters),
      activations: sum((l) => l.memory.activations),
    },
  };
}
