import * as v from 'valibot';
import { branchSchema } from './branch.ts';
import { failureSchema } from './failure-schema.ts';
import { count } from './schema-parts.ts';
import type { KernelShape } from './weight-edit.ts';

/** The film of the first layer's filters through training: what is asked of it, and the answer. */

/** The first convolution's kernels after a step. */
export interface FilmFrame {
  step: number;
  /**
   * Numbers of the filters, from 0, whose unit gave nothing but zeros for all images that were tried, in prediction mode; null: not
   * known, or the layer has no ReLU, so none can die.
   */
  dead: number[] | null;
  /** [height × width × channels × filters], row by row. */
  values: Float32Array;
}

export const filmRequestSchema = v.strictObject({
  type: v.literal('film'),
  branch: branchSchema,
  /** Of the branch: where the way ends; null: at its newest. */
  step: v.nullable(count),
  /** Frames of later steps alone; null: all. */
  after: v.nullable(count),
});
export type FilmRequest = v.InferOutput<typeof filmRequestSchema>;

const values = v.custom<Float32Array>(
  (value) => value instanceof Float32Array,
  'values must be a Float32Array',
);
const frame = v.strictObject({ step: count, dead: v.nullable(v.array(count)), values });

export const filmAnswerSchema = v.strictObject({
  type: v.literal('film'),
  /** [height, width, channels, filters]; null: there is no film. */
  shape: v.nullable(v.tuple([count, count, count, count])),
  /** Images that a filter was tried on before it was called dead. */
  tried: count,
  /** In the order of their steps. */
  frames: v.array(frame),
  /** What of the file could not be read. */
  problems: v.array(failureSchema),
});
export type FilmAnswer = v.InferOutput<typeof filmAnswerSchema>;

/** How many weights the kernels have together. */
export const weightsOf = (shape: KernelShape): number => shape.reduce((a, b) => a * b, 1);
