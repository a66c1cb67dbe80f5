import * as v from 'valibot';
import { failureSchema } from './checkpoint-protocol.ts';
import { runConfigSchema } from './config.ts';
import { count, side } from './schema-parts.ts';

/** The request and the result of a short cost measurement. run-cost.ts derives from it what a whole run costs. */

export const costRequestSchema = v.strictObject({
  config: runConfigSchema,
  /** Size and classes of the data's images. The data are not read: images are made up. */
  image: v.strictObject({ height: side, width: side, channels: side, classes: side }),
});
export type CostRequest = v.InferOutput<typeof costRequestSchema>;

export const measuredCostSchema = v.strictObject({
  /** Examples in training steps. */
  examplesPerSecond: v.number(),
  /** The precision measured; with automatic precision, the faster one. */
  precision: v.picklist(['float32', 'bfloat16']),
  /** The largest memory of the trainer's process after a step, including TensorFlow but not the data. */
  memoryBytes: count,
});
export type MeasuredCost = v.InferOutput<typeof measuredCostSchema>;

/** Events of the measurement; `id` is the command's. */
export const costEvents = [
  /** Null if it was stopped before anything was measured. */
  v.strictObject({
    type: v.literal('cost-measured'),
    id: count,
    measured: v.nullable(measuredCostSchema),
  }),
  /** Sent instead of a result: why nothing could be measured. */
  v.strictObject({ type: v.literal('cost-refused'), id: count, ...failureSchema.entries }),
] as const;
