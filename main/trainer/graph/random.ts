import type { WeightStart } from '../../../shared/config.ts';
import { attribute, DType, type GraphBuilder, type Tensor } from './builder.ts';
import { fill, pack } from './arrays.ts';
import { add, binary, cast, multiply, scale } from './ops.ts';

/**
 * Every random draw is stateless: a function of (seed of the run, key), so nothing random needs saving and a resumed run
 * draws what an uninterrupted one would have.
 */

/** Seed of a draw: int64 [2]. */
export const drawSeed = (g: GraphBuilder, seed: number, key: Tensor): Tensor =>
  pack(g, [g.long(seed), key], DType.int64);

const statelessDraw = (
  g: GraphBuilder,
  op: string,
  type: DType,
  shape: Tensor,
  seed: Tensor,
): Tensor =>
  g.op(op, type, [shape, seed], {
    dtype: attribute.type(type),
    T: attribute.type(DType.int32),
    Tseed: attribute.type(DType.int64),
  });

/** Number of keys for each step, so that no two draws share a key. */
const MAX_DRAWS_A_STEP = 256;

/**
 * Number of the first draw that changes images (augmentation/draws.ts). Those of the dropouts come before; they are fewer than the layers.
 */
export const AUGMENTATION_DRAW = 240;

/**
 * Key of one of a step's draws, int64 scalar.
 * @param step int32 scalar
 */
export const stepKey = (g: GraphBuilder, step: Tensor, draw: number): Tensor =>
  add(g, multiply(g, cast(g, step, DType.int64), g.long(MAX_DRAWS_A_STEP)), g.long(draw));

/**
 * Uniform in [0, 1), float32 of `shape`.
 * @param shape int32 [rank]
 */
export const drawUniform = (g: GraphBuilder, shape: Tensor, seed: Tensor): Tensor =>
  statelessDraw(g, 'StatelessRandomUniform', DType.float32, shape, seed);

/** Standard normal, float32 of `shape`. */
export const drawNormal = (g: GraphBuilder, shape: Tensor, seed: Tensor): Tensor =>
  statelessDraw(g, 'StatelessRandomNormal', DType.float32, shape, seed);

/** Random int64 of all 64 bits, of `shape`. */
export const randomBits = (g: GraphBuilder, shape: Tensor, seed: Tensor): Tensor =>
  statelessDraw(g, 'StatelessRandomUniformFullInt', DType.int64, shape, seed);

/** Keys of initial weights are negative, so that they never meet the keys of steps. */
const startKey = (index: number): number => -1 - index;

/**
 * A weight's initial value, float32 of `shape`, the last axis being the outputs.
 * Glorot: uniform, variance 2 / (inputs + outputs), Glorot & Bengio 2010. He: normal, variance 2 / inputs, He et al. 2015.
 * @param index number of the layer in its network, so that each layer draws its own numbers
 */
export function weightStart(
  g: GraphBuilder,
  start: WeightStart,
  shape: readonly number[],
  runSeed: number,
  index: number,
): Tensor {
  const dims = g.ints(shape);
  const seed = drawSeed(g, runSeed, g.long(startKey(index)));
  const outputs = shape.at(-1) ?? 1;
  const receptive = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  const fanIn = receptive * (shape.at(-2) ?? 1);
  const fanOut = receptive * outputs;
  switch (start.type) {
    case 'zeros':
      return fill(g, shape, g.float(0));
    case 'normal':
      return scale(g, drawNormal(g, dims, seed), start.deviation);
    case 'truncated-normal':
      return scale(
        g,
        statelessDraw(g, 'StatelessTruncatedNormal', DType.float32, dims, seed),
        start.deviation,
      );
    case 'he':
      return scale(g, drawNormal(g, dims, seed), Math.sqrt(2 / fanIn));
    case 'glorot': {
      const limit = Math.sqrt(6 / (fanIn + fanOut));
      return scale(g, binary(g, 'Sub', drawUniform(g, dims, seed), g.float(0.5)), 2 * limit);
    }
  }
}
