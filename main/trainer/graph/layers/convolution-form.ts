import type { LayerOf } from '../../../../shared/config.ts';
import type { LayerShape } from '../../../../shared/network-shape.ts';
import type { Pads } from '../../../../shared/sliding.ts';
import {
  attribute,
  type Attribute,
  type DType,
  type GraphBuilder,
  type Tensor,
} from '../builder.ts';
import { everyNth, pad, shapeOf, slice, spread } from '../ops.ts';
import type { Differentiable } from '../pass.ts';

/**
 * The form in which a convolution is given to TensorFlow. oneDNN, which TensorFlow computes with, goes wrong on three kinds of
 * it, which are given as others with the same result:
 * - a stride along an axis that the window is not moved along: reads memory that nothing wrote. The stride becomes 1, and what
 *   the window does not reach is cut off;
 * - padding as wide as the window or wider: writes past its memory. The zeros are put around the image beforehand;
 * - a stride of a 1×1 window: writes past its memory in the gradient of the weights. The image is thinned out beforehand.
 * Seen with TensorFlow 2.21 on AVX-512; test/engine/windows.test.ts goes through such shapes.
 */
interface ConvolutionForm {
  /** Of Conv2D and its two gradients. */
  attr: Record<string, Attribute>;
  /** From the image to what the op is given, and back. */
  fit: (image: Tensor) => Differentiable;
}

/** The same along one axis: first some of the image is taken, then zeros are put around it, then every `every`th is kept. */
interface AxisForm {
  /** Rows or columns of the image, from the first. */
  taken: number;
  zeros: Pads;
  every: number;
  /** Of the op. */
  stride: number;
  /** Zeros that the op puts around what it is given. */
  pads: Pads;
}

const none: Pads = [0, 0];

function axisForm(
  input: number,
  window: number,
  stride: number,
  pads: Pads,
  output: number,
  isPoint: boolean,
): AxisForm {
  if (output === 1 && stride > 1) {
    const taken = Math.min(input, window - pads[0]);
    const rest = window - pads[0] - taken;
    return { taken, zeros: none, every: 1, stride: 1, pads: [pads[0], rest] };
  }
  const zeros = Math.max(...pads) >= window ? pads : none;
  return {
    taken: input,
    zeros,
    every: isPoint ? stride : 1,
    stride: isPoint ? 1 : stride,
    pads: zeros === none ? pads : none,
  };
}

export function convolutionForm(
  g: GraphBuilder,
  { kernel, stride, padding }: LayerOf<'convolution'>,
  { input, output, pads }: LayerShape,
  type: DType,
): ConvolutionForm {
  const [height, width = 1] = input;
  const isPoint = kernel[0] === 1 && kernel[1] === 1;
  const rows = axisForm(height, kernel[0], stride[0], pads.height, output[0], isPoint);
  const columns = axisForm(width, kernel[1], stride[1], pads.width, output[1] ?? 1, isPoint);
  const sameStride = rows.stride === stride[0] && columns.stride === stride[1];
  const attr = {
    T: attribute.type(type),
    strides: attribute.ints([1, rows.stride, columns.stride, 1]),
    data_format: attribute.string('NHWC'),
    ...(sameStride && typeof padding === 'string'
      ? { padding: attribute.string(padding.toUpperCase()) }
      : {
          padding: attribute.string('EXPLICIT'),
          explicit_paddings: attribute.ints([0, 0, ...rows.pads, ...columns.pads, 0, 0]),
        }),
  };
  const taken = [-1, rows.taken, columns.taken, -1];
  const rest = [0, 0, 0, height - rows.taken, 0, width - columns.taken, 0, 0];
  const zeros = [0, 0, ...rows.zeros, ...columns.zeros, 0, 0];
  const inner = [0, rows.zeros[0], columns.zeros[0], 0];
  const every = [1, rows.every, columns.every, 1];
  const steps: ((x: Tensor) => Differentiable)[] = [];
  if (rest.some((count) => count > 0))
    steps.push((x) => ({
      output: slice(g, x, [0, 0, 0, 0], taken),
      backward: (dy) => pad(g, dy, rest),
    }));
  if (zeros.some((count) => count > 0))
    steps.push((x) => ({
      output: pad(g, x, zeros),
      backward: (dy) => slice(g, dy, inner, taken),
    }));
  if (every.some((count) => count > 1))
    steps.push((x) => ({
      output: everyNth(g, x, every),
      backward: (dy) => spread(g, dy, every, shapeOf(g, x)),
    }));
  return {
    attr,
    fit: (image) =>
      steps.reduce<Differentiable>(
        (before, step) => {
          const fitted = step(before.output);
          return {
            output: fitted.output,
            backward: (dy) => before.backward(fitted.backward(dy)),
          };
        },
        { output: image, backward: (dy) => dy },
      ),
  };
}
