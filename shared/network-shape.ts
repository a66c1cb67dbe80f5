import type { LayerConfig, LayerOf, Padding } from './config.ts';
import { FailureError } from './ipc.ts';

/**
 * Shape, parameter and multiply-add arithmetic of a layer list. The form shows it as one types and the compiler builds
 * by it, so the two cannot disagree.
 */

/** One example's shape: an image [height, width, channels] or a row [units]. */
export type ExampleShape = readonly [number, number, number] | readonly [number];

/** Rows or columns of zeros before and after. */
export type Pads = readonly [before: number, after: number];

/** What one layer makes of its input. Counts are for one example. */
export interface LayerShape {
  layer: LayerConfig;
  input: ExampleShape;
  output: ExampleShape;
  /** Zeros put above/below and left of/right of the image; none where the layer does not slide. */
  pads: { height: Pads; width: Pads };
  parameters: number;
  multiplyAdds: number;
  /** Weights that a dense layer from the same input to the same output would need. */
  denseConnections: number;
}

export interface NetworkShape {
  layers: LayerShape[];
  parameters: number;
  multiplyAdds: number;
  /** Values that all layers' outputs hold for one example. */
  activations: number;
}

export const elements = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const text = (shape: ExampleShape): string => shape.join('×');

/**
 * Output size along one axis by the tutorial's formula (W − F + P) / S + 1, rounded down, where W is the input size, F the
 * window, S the stride and P all zeros put around: none for `valid`, for `same` what makes the output ⌈W / S⌉ (TensorFlow's
 * rule: half of it before, the odd one after).
 */
export function slide(
  input: number,
  window: number,
  stride: number,
  padding: 'same' | 'valid' | Pads,
): { output: number; pads: Pads } {
  let pads: Pads = [0, 0];
  if (padding === 'same') {
    const total = Math.max((Math.ceil(input / stride) - 1) * stride + window - input, 0);
    pads = [Math.floor(total / 2), Math.ceil(total / 2)];
  } else if (padding !== 'valid') {
    pads = padding;
  }
  return { output: Math.floor((input - window + pads[0] + pads[1]) / stride) + 1, pads };
}

interface Slid {
  height: number;
  width: number;
  pads: LayerShape['pads'];
}

function slideOver(
  where: string,
  image: readonly [number, number, number],
  window: readonly [number, number],
  stride: readonly [number, number],
  padding: Padding,
): Slid {
  const [top, left]: ['same' | 'valid' | Pads, 'same' | 'valid' | Pads] =
    typeof padding === 'string'
      ? [padding, padding]
      : [
          [padding.top, padding.bottom],
          [padding.left, padding.right],
        ];
  const rows = slide(image[0], window[0], stride[0], top);
  const columns = slide(image[1], window[1], stride[1], left);
  for (const [axis, size, input, extent, pads] of [
    ['height', rows.output, image[0], window[0], rows.pads],
    ['width', columns.output, image[1], window[1], columns.pads],
  ] as const) {
    if (size < 1)
      throw impossible(
        where,
        `its ${extent}-wide window is larger than the ${axis} it slides over, ${input} + ${pads[0] + pads[1]} of padding`,
        'Make the window smaller, use padding "same", or drop an earlier pooling or stride.',
      );
  }
  return {
    height: rows.output,
    width: columns.output,
    pads: { height: rows.pads, width: columns.pads },
  };
}

const impossible = (where: string, what: string, remedy: string): FailureError =>
  new FailureError({ what: `This network cannot be: ${what}.`, where, remedy });

function image(where: string, shape: ExampleShape): readonly [number, number, number] {
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
  multiplyAdds?: number;
  pads?: LayerShape['pads'];
}

function convolution(where: string, layer: LayerOf<'convolution'>, input: ExampleShape): Made {
  const from = image(where, input);
  const { height, width, pads } = slideOver(where, from, layer.kernel, layer.stride, layer.padding);
  const weights = elements(layer.kernel) * from[2] * layer.filters;
  return {
    output: [height, width, layer.filters],
    parameters: weights + (layer.bias ? layer.filters : 0),
    multiplyAdds: weights * height * width,
    pads,
  };
}

function make(where: string, layer: LayerConfig, input: ExampleShape): Made {
  switch (layer.type) {
    case 'convolution':
      return convolution(where, layer, input);
    case 'pooling': {
      const from = image(where, input);
      const { height, width, pads } = slideOver(
        where,
        from,
        layer.size,
        layer.stride,
        layer.padding,
      );
      return { output: [height, width, from[2]], pads };
    }
    case 'dropout':
      return { output: input };
    case 'batch-normalization':
      return { output: input, parameters: 2 * (input.at(-1) ?? 0) };
    case 'flatten':
      return { output: [elements(input)] };
    case 'global-average-pooling':
      return { output: [image(where, input)[2]] };
    case 'dense': {
      if (input.length !== 1)
        throw impossible(
          where,
          `a dense layer needs a flat input, but its input is ${text(input)}`,
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

/**
 * Shapes of every layer of a network for images of `input` shape.
 * @throws FailureError naming the first layer that cannot be, or an output that is not one score a class.
 */
export function networkShape(
  layers: readonly LayerConfig[],
  input: readonly [number, number, number],
  classes: number,
): NetworkShape {
  let shape: ExampleShape = input;
  const shapes = layers.map((layer, index): LayerShape => {
    const made = make(`network.layers.${index} (${layer.type})`, layer, shape);
    const from = shape;
    shape = made.output;
    return {
      layer,
      input: from,
      output: made.output,
      pads: made.pads ?? noPads,
      parameters: made.parameters ?? 0,
      multiplyAdds: made.multiplyAdds ?? 0,
      denseConnections: elements(from) * elements(made.output),
    };
  });
  const last = layers.at(-1);
  const output: ExampleShape = shapes.at(-1)?.output ?? input;
  if (
    output[0] !== classes ||
    output.length !== 1 ||
    (last && 'activation' in last && last.activation !== 'none')
  )
    throw impossible(
      'network.layers',
      `its output is ${text(output)}${last && 'activation' in last ? `, activation ${last.activation}` : ''}, but it must be ${classes} scores, one a class, without activation`,
      `End with a dense layer of ${classes} units and activation "none", or a global average pooling over ${classes} filters.`,
    );
  const sum = (of: (layer: LayerShape) => number): number =>
    shapes.reduce((a, layer) => a + of(layer), 0);
  return {
    layers: shapes,
    parameters: sum((l) => l.parameters),
    multiplyAdds: sum((l) => l.multiplyAdds),
    activations: sum((l) => elements(l.output)),
  };
}
