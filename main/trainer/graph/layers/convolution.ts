import type { LayerOf } from '../../../../shared/config.ts';
import type { LayerShape } from '../../../../shared/network-shape.ts';
import { DType, type Tensor } from '../builder.ts';
import { cast, multiply } from '../ops.ts';
import { contribute, once, read, type Differentiable, type Pass } from '../pass.ts';
import type { Variable } from '../variables.ts';
import { convolutionForm } from './convolution-form.ts';
import { convolutionOps } from './convolution-ops.ts';

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
  const { sideBySide } = pass.layout;
  const form = convolutionForm(g, layer, shape, pass.compute, sideBySide);
  const ops = convolutionOps(g, layer, shape, form, pass.compute, sideBySide);
  const fitted = form.fit(input);
  const x = fitted.output;
  const w = once(pass.operands, weights, () => {
    const w32 = read(pass, weights);
    return cast(g, factor ? multiply(g, w32, factor) : w32, pass.compute);
  });
  return {
    output: ops.output(x, w),
    backward: (dy) => {
      const dw = ops.filterGradient(x, dy);
      const dw32 = cast(g, dw, DType.float32);
      contribute(pass, weights, factor ? multiply(g, dw32, factor) : dw32);
      // Not before its weights' gradient: a shard goes back in one line, so that both arrive at the same time.
      const after = pass.layout.shards > 1 ? [dw] : [];
      return fitted.backward(ops.inputGradient(x, w, dy, after));
    },
  };
}
