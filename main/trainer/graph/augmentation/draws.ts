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
 * One change to images, for which all that is random has been drawn for the whole batch: pixels of a shard float32 [n, H, W, C] -> the
 * same shape.
 * @param rows which of the batch's images they are
 */
export type ImageChange = (pixels: Tensor, rows: Rows) => Tensor;

/** Which of the step's draws each change takes. A change never takes another's, so that one more leaves the others as they are. */
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
 * Uniform among the whole numbers from 0 up to, but not, `count`: shares in [0, 1) -> int32 of their shape. A share has 23 bits, so that
 * its product with a count stays below the count.
 */
export const wholeBelow = (g: GraphBuilder, shares: Tensor, count: number): Tensor =>
  cast(g, unary(g, 'Floor', scale(g, shares, count)), DType.int32);
