import { cast } from './ops.ts';
import { DType, type Tensor } from './builder.ts';
import { forward } from './forward.ts';
import type { ImageShape, Inputs } from './inputs.ts';
import { fillUp, interleave, withFilling, withoutFilling } from './interleaving.ts';
import type { Primitive } from './lower.ts';
import { newGathering, type Common, type Pass } from './pass.ts';
import type { LayerWeights } from './weights.ts';

/** What every walk through a whole network needs. */
export interface Route {
  common: Common;
  image: ImageShape;
  inputs: Inputs;
  weights: readonly LayerWeights[];
  primitives: readonly Primitive[];
}

/** A walk through a whole network, and the way back. */
export interface Walk {
  pass: Pass;
  /** Float32 [N, classes]. */
  logits: Tensor;
  /** Fills the pass's gradients. @param gradient of the loss with respect to the logits, float32 [N, classes] */
  backward: (gradient: Tensor) => void;
}

/**
 * @param pixels [N, H, W, C] in the type of the computation
 * @param sideBySide images that are laid so, as in interleaving.ts
 */
export function walk(
  { common, image, inputs: { examples }, weights, primitives }: Route,
  pixels: Tensor,
  training: boolean,
  sideBySide: number,
): Walk {
  const { g, compute } = common;
  const scope = training ? 'train' : 'predict';
  const filled = fillUp(g, pixels, examples, sideBySide);
  const pass = {
    ...common,
    training,
    examples: filled.examples,
    sideBySide,
    ...newGathering(),
  };
  const size = [image.height, image.width, image.channels] as const;
  const images = interleave(g, filled.images, size, sideBySide);
  const through = g.within(scope, () => forward(pass, weights, primitives, images));
  const scores = cast(g, through.output, DType.float32);
  return {
    pass,
    logits: sideBySide === 1 ? scores : withoutFilling(g, scores, examples),
    backward: (gradient) => {
      const all = sideBySide === 1 ? gradient : withFilling(g, gradient, examples, filled.examples);
      g.within(scope, () => through.backward(cast(g, all, compute)));
    },
  };
}
