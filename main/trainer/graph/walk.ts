import { DType, type GraphBuilder, type Tensor } from './builder.ts';
import { forward } from './forward.ts';
import type { ImageShape, Inputs } from './inputs.ts';
import { interleave } from './interleaving.ts';
import { fillUp, withFilling, withoutFilling, type Layout } from './layout.ts';
import type { Primitive } from './lower.ts';
import { concat, split } from './arrays.ts';
import { cast, identity, sum } from './ops.ts';
import { newGathering, type Common, type Pass, type Watched } from './pass.ts';
import type { Variable } from './variables.ts';
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
  /** Float32 [N, classes]. */
  logits: Tensor;
  /**
   * @param gradient of the loss with respect to the logits, float32 [N, classes]
   * @returns those with respect to each variable, float32
   */
  backward: (gradient: Tensor) => Map<Variable, Tensor>;
  /** Of all shards. */
  watched: readonly Watched[];
  updates: Pass['updates'];
  reads: Pass['reads'];
}

/** @param pixels [N, H, W, C] in the type of the computation */
export function walk(
  { common, image, inputs: { examples }, weights, primitives }: Route,
  pixels: Tensor,
  training: boolean,
  layout: Layout,
): Walk {
  const { g, compute } = common;
  const { shards, sideBySide } = layout;
  const filled = fillUp(g, pixels, examples, shards * sideBySide);
  const isFilled = shards * sideBySide > 1;
  const gathering = newGathering();
  const size = [image.height, image.width, image.channels] as const;
  const passes = Array.from({ length: shards }, (_, shard): Pass => {
    const scope = `${training ? 'train' : 'predict'}${shards > 1 ? shard : ''}`;
    const own = { training, layout, scope, shard, examples: filled.examples, watched: [] };
    return { ...common, ...gathering, ...own };
  });
  const parts = split(g, filled.images, shards).map((part) =>
    interleave(g, part, size, sideBySide),
  );
  const through = forward(passes, weights, primitives, parts);
  const scores = cast(g, concat(g, through.outputs), DType.float32);
  return {
    logits: isFilled ? withoutFilling(g, scores, examples) : scores,
    backward: (gradient) => {
      const all = isFilled ? withFilling(g, gradient, examples, filled.examples) : gradient;
      through.backward(split(g, cast(g, all, compute), shards));
      return wholeGradients(g, gathering.gradients, shards);
    },
    watched: together(
      g,
      passes.map(({ watched }) => watched),
    ),
    updates: gathering.updates,
    reads: gathering.reads,
  };
}

/**
 * What the shards have found, added up: the gradient of the loss over the whole batch, float32. That of a dense layer is known early,
 * but waits with all that is done with it until a shard has reached the end: amid the way back it would make one shard late, with
 * nothing to do beside it.
 */
function wholeGradients(
  g: GraphBuilder,
  parts: Pass['gradients'],
  shards: number,
): Map<Variable, Tensor> {
  const atEnd = ([...parts.values()].at(-1) ?? []).slice(0, 1);
  const whole = ([variable, terms]: [Variable, Tensor[]]): [Variable, Tensor] => {
    const waits = shards > 1 && variable.shape.length === 2;
    const known = waits ? terms.map((term) => identity(g, term, atEnd)) : terms;
    const wide = known.map((term) => cast(g, term, DType.float32));
    return [variable, sum(g, wide)];
  };
  return new Map([...parts].map(whole));
}

/** What the shards' steps gave, as those of the whole batch. */
function together(g: GraphBuilder, shards: readonly (readonly Watched[])[]): Watched[] {
  const [first = []] = shards;
  return first.map(({ index, relu }, k) => {
    const outputs = shards.flatMap((watched) => watched[k]?.output ?? []);
    const relus = shards.flatMap((watched) => watched[k]?.relu ?? []);
    return { index, output: concat(g, outputs), relu: relu && concat(g, relus) };
  });
}
