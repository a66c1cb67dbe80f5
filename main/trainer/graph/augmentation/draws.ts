import { DType, type GraphBuilder, type Tensor } from '../builder.ts';
import type { Rows } from '../layout.ts';
import { binary, cast, scale, unary } from '../ops.ts';
import { AUGMENTATION_DRAW, drawSeed, drawUniform, stepKey } from '../random.ts';

/** What decides how the images of a step are changed. */
export interface Draw {
  seed: number;
  /** int32 scalar. */
  step: Tensor;
  /** N, int32 scalar. */
  examples: Tensor;
}

/**
 * Changes the pixels of one shard, float32 [n, H, W, C] -> the same shape. Its random numbers are drawn beforehand, for the whole batch.
 * @param rows which images of the batch the shard holds
 */
export type ImageChange = (pixels: Tensor, rows: Rows) => Tensor;

/** Numbers of the step's draws. No two changes share a draw, so adding a change leaves the others' draws as they are. */
const DRAWS = {
  moves: 0,
  elasticX: 1,
  elasticY: 2,
  flip: 3,
  crop: 4,
  brightness: 5,
  contrast: 6,
  cutOut: 7,
} as const;
type DrawName = keyof typeof DRAWS;

/**
 * Uniform in [0, 1), float32 of shape `dims`.
 * @param dims int32 [rank]
 */
export const drawShare = (
  g: GraphBuilder,
  dims: Tensor,
  { seed, step }: Draw,
  name: DrawName,
): Tensor =>
  drawUniform(g, dims, drawSeed(g, seed, stepKey(g, step, AUGMENTATION_DRAW + DRAWS[name])));

/**
 * Uniform between −1 and 1, float32 of shape `dims`.
 * @param dims int32 [rank]
 */
export const drawCentred = (g: GraphBuilder, dims: Tensor, draw: Draw, name: DrawName): Tensor =>
  binary(g, 'Sub', scale(g, drawShare(g, dims, draw, name), 2), g.float(1));

/**
 * Turns uniform shares in [0, 1) into uniform integers from 0 to count − 1: int32 of their shape. A share has 23 bits, so that its product
 * with a count stays below the count.
 */
export const wholeBelow = (g: GraphBuilder, shares: Tensor, count: number): Tensor =>
  cast(g, unary(g, 'Floor', scale(g, shares, count)), DType.int32);
