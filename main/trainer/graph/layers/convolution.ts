import type { LayerOf } from '../../../../shared/config.ts';
import type { LayerShape } from '../../../../shared/network-shape.ts';
import { DType, type Tensor } from '../builder.ts';
import type { Differentiable } from '../differentiable.ts';
import { cast, multiply, signsOf } from '../ops.ts';
import type { ShardContext } from '../shard-context.ts';
import type { Variable } from '../variables.ts';
import { convolutionForm } from './convolution-form.ts';
import { convolutionOps } from './convolution-ops.ts';

/**
 * y = x ∗ w, x [N, H, W, C], w [h, w, C, K] -> y [N, H', W', K].
 * @param scale scalar factor of y; null: 1. It is applied to the weights, which are few
 * @param turn [K]; filters for which it is below zero give −y; null: none does
 */
export function forwardConvolution(
  { g, compute, layout, shared }: ShardContext,
  layer: LayerOf<'convolution'>,
  shape: LayerShape,
  weights: Variable,
  input: Tensor,
  scale: Tensor | null,
  turn: Variable | null,
): Differentiable {
  const { sideBySide } = layout;
  const form = convolutionForm(g, layer, shape, compute, sideBySide);
  const ops = convolutionOps(g, layer, shape, form, compute, sideBySide);
  const signs = turn && signsOf(g, shared.readVariable(turn));
  const factor = scale && signs ? multiply(g, scale, signs) : (scale ?? signs);
  const fitted = form.fit(input);
  const x = fitted.output;
  const w = shared.operandOf(weights, (w32) =>
    cast(g, factor ? multiply(g, w32, factor) : w32, compute),
  );
  return {
    output: ops.output(x, w),
    backward: (dy) => {
      const dw = ops.filterGradient(x, dy);
      const dw32 = cast(g, dw, DType.float32);
      shared.addGradient(weights, factor ? multiply(g, dw32, factor) : dw32);
      // The input's gradient waits for the weights' gradient: a shard's backward pass stays sequential, so that both shards finish at the
      // same time.
      const after = layout.shards > 1 ? [dw] : [];
      return fitted.backward(ops.inputGradient(x, w, dy, after));
    },
  };
}
