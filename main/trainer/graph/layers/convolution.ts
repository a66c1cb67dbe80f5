import type { LayerOf } from '../../../../shared/config.ts';
import type { LayerShape } from '../../../../shared/network-shape.ts';
import { DType, type Tensor } from '../builder.ts';
import { shapeOf } from '../arrays.ts';
import { cast, multiply } from '../ops.ts';
import { contribute, once, read, type Differentiable, type Pass } from '../pass.ts';
import type { Variable } from '../variables.ts';
import { convolutionForm } from './convolution-form.ts';

/**
 * Images [N, H, W, C] with weights [h, w, C, K] -> [N, H', W', K].
 * @param factor scalar that the output is to be multiplied by. It is put on the weights, which are few.
 */
export function convolve(
  pass: Pass,
  layer: LayerOf<'convolution'>,
  shape: LayerShape,
  weights: Variable,
  input: Tensor,
  factor: Tensor | null,
): Differentiable {
  const { g } = pass;
  const { attr, fit } = convolutionForm(g, layer, shape, pass.compute, pass.layout.sideBySide);
  const fitted = fit(input);
  const x = fitted.output;
  const w = once(pass.operands, weights, () => {
    const w32 = read(pass, weights);
    return cast(g, factor ? multiply(g, w32, factor) : w32, pass.compute);
  });
  return {
    output: g.op('Conv2D', pass.compute, [x, w], attr),
    backward: (dy) => {
      const sizes = g.ints(weights.shape);
      const dw = g.op('Conv2DBackpropFilter', pass.compute, [x, sizes, dy], attr);
      const dw32 = cast(g, dw, DType.float32);
      contribute(pass, weights, factor ? multiply(g, dw32, factor) : dw32);
      // Not before its weights' gradient: a shard goes back in one line, so that both arrive at the same time.
      const after = pass.layout.shards > 1 ? [dw] : [];
      const dx = g.op('Conv2DBackpropInput', pass.compute, [shapeOf(g, x), w, dy], attr, {
        after,
      });
      return fitted.backward(dx);
    },
  };
}
