import type { LayerOf } from '../../../../shared/config.ts';
import type { LayerShape } from '../../../../shared/network-shape.ts';
import { reshape, shapeOf } from '../arrays.ts';
import type { DType, GraphBuilder, Tensor } from '../builder.ts';
import { rowsSideBySide } from '../interleaving.ts';
import { matmul } from '../ops.ts';
import { isPoint, type ConvolutionForm } from './convolution-form.ts';
import { filterGradientAsConvolution, paysAsConvolution } from './filter-gradient.ts';

/** A convolution and its two gradients, x [N, H, W, C], w [h, w, C, K], dy [N, H', W', K]. */
interface ConvolutionOps {
  output: (x: Tensor, w: Tensor) => Tensor;
  filterGradient: (x: Tensor, dy: Tensor) => Tensor;
  /** @param after nodes that must have run before */
  inputGradient: (x: Tensor, w: Tensor, dy: Tensor, after: readonly Tensor[]) => Tensor;
}

/**
 * A convolution by TensorFlow's ops; with a 1×1 window, by the matrix products that it amounts to. As a convolution in bfloat16, TensorFlow
 * 2.9 sometimes gives wrong input gradients for a 1×1 window: 22 of 709 with zeros around the image, 1 of 1,774 without; in float32, and
 * with 2.21, none.
 * @param sideBySide number of images whose columns lie side by side
 */
export const convolutionOps = (
  g: GraphBuilder,
  { kernel, filters, stride }: LayerOf<'convolution'>,
  { input, output }: LayerShape,
  { attr, pads }: ConvolutionForm,
  type: DType,
  sideBySide: number,
): ConvolutionOps => {
  const [, , channels = 1] = input;
  const [height, width = 1] = output;
  const weights = [...kernel, channels, filters] as const;
  const sizes = g.ints(weights);
  if (!isPoint(kernel)) {
    const sliding = { type, weights, stride, output: [height, width], pads, sideBySide } as const;
    const asConvolution = paysAsConvolution(sliding);
    return {
      output: (x, w) => g.op('Conv2D', type, [x, w], attr),
      filterGradient: (x, dy) =>
        asConvolution
          ? filterGradientAsConvolution(g, sliding, x, dy)
          : g.op('Conv2DBackpropFilter', type, [x, sizes, dy], attr),
      inputGradient: (x, w, dy, after) =>
        g.op('Conv2DBackpropInput', type, [shapeOf(g, x), w, dy], attr, { after }),
    };
  }
  const places = (images: Tensor, depth: number): Tensor => reshape(g, images, [-1, depth]);
  const asMatrix = (w: Tensor): Tensor => reshape(g, w, [channels, filters]);
  const rows = [-1, ...rowsSideBySide(output, sideBySide)];
  return {
    output: (x, w) => reshape(g, matmul(g, places(x, channels), asMatrix(w)), rows),
    filterGradient: (x, dy) =>
      reshape(g, matmul(g, places(x, channels), places(dy, filters), { a: true }), sizes),
    inputGradient: (x, w, dy, after) =>
      reshape(g, matmul(g, places(dy, filters), asMatrix(w), { b: true, after }), shapeOf(g, x)),
  };
};
