import type { LayerOf } from '../../../../shared/config.ts';
import { reshape, shapeOf } from '../arrays.ts';
import type { Attribute, GraphBuilder, Tensor } from '../builder.ts';
import { matmul } from '../ops.ts';

/** A convolution and its two gradients, x [N, H, W, C], w [h, w, C, K], dy [N, H', W', K]. */
interface ConvolutionOps {
  output: (x: Tensor, w: Tensor) => Tensor;
  filterGradient: (x: Tensor, dy: Tensor) => Tensor;
  /** @param after what must have run before */
  inputGradient: (x: Tensor, w: Tensor, dy: Tensor, after: readonly Tensor[]) => Tensor;
}

export const isPoint = (kernel: readonly number[]): boolean => kernel.every((size) => size === 1);

/**
 * TensorFlow's ops; of a 1×1 window the products of matrices that it is. In bfloat16 TensorFlow 2.9 sometimes gives wrong input
 * gradients of it: of 22 in 709 with zeros around the image, of 1 in 1,774 without; in float32, and in 2.21, of none.
 * @param weights their shape @param output [H', W', K] of a row of images @param attr of the ops
 */
export const convolutionOps = (
  g: GraphBuilder,
  { kernel, filters }: LayerOf<'convolution'>,
  weights: readonly number[],
  output: readonly number[],
  attr: Record<string, Attribute>,
): ConvolutionOps => {
  const sizes = g.ints(weights);
  if (!isPoint(kernel))
    return {
      output: (x, w) => g.op('Conv2D', x.type, [x, w], attr),
      filterGradient: (x, dy) => g.op('Conv2DBackpropFilter', x.type, [x, sizes, dy], attr),
      inputGradient: (x, w, dy, after) =>
        g.op('Conv2DBackpropInput', x.type, [shapeOf(g, x), w, dy], attr, { after }),
    };
  const [, , channels = 1] = weights;
  const places = (images: Tensor, depth: number): Tensor => reshape(g, images, [-1, depth]);
  const asMatrix = (w: Tensor): Tensor => reshape(g, w, [channels, filters]);
  return {
    output: (x, w) => reshape(g, matmul(g, places(x, channels), asMatrix(w)), [-1, ...output]),
    filterGradient: (x, dy) =>
      reshape(g, matmul(g, places(x, channels), places(dy, filters), { a: true }), sizes),
    inputGradient: (x, w, dy, after) =>
      reshape(g, matmul(g, places(dy, filters), asMatrix(w), { b: true, after }), shapeOf(g, x)),
  };
};
