import type { LayerOf } from '../../../../shared/config.ts';
import type { LayerShape } from '../../../../shared/network-shape.ts';
import { slide, type Pads } from '../../../../shared/sliding.ts';
import {
  attribute,
  type Attribute,
  type DType,
  type GraphBuilder,
  type Tensor,
} from '../builder.ts';
import { everyNth, pad, shapeOf, slice, spreadEveryNth } from '../arrays.ts';
import type { Differentiable } from '../differentiable.ts';

export const isPoint = (kernel: readonly number[]): boolean => kernel.every((size) => size === 1);

/**
 * The form in which a convolution is given to TensorFlow. TensorFlow's kernels are oneDNN's, which go wrong with some convolutions; those
 * are rewritten as others with the same result:
 * - A stride along an axis where the window has only one place: oneDNN reads uninitialised memory. The stride becomes 1, and what the
 *   window does not reach is cut off.
 * - A stride of a 1×1 window: oneDNN writes out of bounds in the gradient of the weights. The image is subsampled beforehand (and the rest
 *   is a matrix product: convolution-ops.ts).
 * - Padding as wide as the window or wider: oneDNN writes out of bounds. Explicit padding in bfloat16: TensorFlow 2.9 has no gradient of
 *   it. Zeros are put around the image beforehand, unless the padding is that of `same`.
 * This was seen with TensorFlow 2.21 on AVX-512 where no other version is named; test/engine/graph/windows.test.ts covers such shapes.
 */
export interface ConvolutionForm {
  /** Attributes of Conv2D and its two gradients. */
  attr: Record<string, Attribute>;
  /** Rows and columns of zeros that the op itself puts around an image. */
  pads: Record<'rows' | 'columns', Pads>;
  /** Turns the image into the op's input; its backward pass turns the gradient back. */
  fit: (image: Tensor) => Differentiable;
}

/** The form along one axis: part of the image is taken, zeros are put around it, every nth row or column is kept, and the window slides. */
interface AxisForm {
  /** How many rows or columns of the image are taken, from the first one on. */
  taken: number;
  zeros: Pads;
  every: number;
  /** The op's own stride. */
  stride: number;
}

function axisForm(
  input: number,
  window: number,
  stride: number,
  pads: Pads,
  output: number,
): AxisForm {
  if (output > 1 || stride === 1) return { taken: input, zeros: pads, every: 1, stride };
  const taken = Math.min(input, window - pads[0]);
  return { taken, zeros: [pads[0], window - pads[0] - taken], every: 1, stride: 1 };
}

const none: Pads = [0, 0];
const thinAxis = (axis: AxisForm): AxisForm => ({ ...axis, every: axis.stride, stride: 1 });
const isSame = (input: number, window: number, axis: AxisForm): boolean =>
  axis.taken === input &&
  slide(input, window, axis.stride, 'same').pads.every((count, k) => count === axis.zeros[k]);

function axesOf(
  { kernel, stride }: LayerOf<'convolution'>,
  { input, output, pads }: LayerShape,
): { rows: AxisForm; columns: AxisForm; padding: 'SAME' | 'VALID'; pads: ConvolutionForm['pads'] } {
  const [height, width = 1] = input;
  const rows = axisForm(height, kernel[0], stride[0], pads.height, output[0]);
  const columns = axisForm(width, kernel[1], stride[1], pads.width, output[1] ?? 1);
  if (isSame(height, kernel[0], rows) && isSame(width, kernel[1], columns) && !isPoint(kernel))
    return {
      rows: { ...rows, zeros: none },
      columns: { ...columns, zeros: none },
      padding: 'SAME',
      pads: { rows: rows.zeros, columns: columns.zeros },
    };
  const form = { padding: 'VALID', pads: { rows: none, columns: none } } as const;
  return isPoint(kernel)
    ? { rows: thinAxis(rows), columns: thinAxis(columns), ...form }
    : { rows, columns, ...form };
}

/**
 * Decides how a convolution is given to TensorFlow.
 * @param sideBySide number of images whose columns lie side by side; more than one only for layers that are not rewritten
 */
export function convolutionForm(
  g: GraphBuilder,
  layer: LayerOf<'convolution'>,
  shape: LayerShape,
  type: DType,
  sideBySide: number,
): ConvolutionForm {
  const { rows, columns, padding, pads } = axesOf(layer, shape);
  const [height, width = 1] = shape.input;
  const attr = {
    T: attribute.type(type),
    strides: attribute.ints([1, rows.stride, columns.stride, 1]),
    padding: attribute.string(padding),
    data_format: attribute.string('NHWC'),
    dilations: attribute.ints([1, 1, sideBySide, 1]),
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
      backward: (dy) => spreadEveryNth(g, dy, every, shapeOf(g, x)),
    }));
  return {
    attr,
    pads,
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
