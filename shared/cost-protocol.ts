import * as v from 'valibot';
import { failureSchema } from './checkpoint-protocol.ts';
import { runConfigSchema } from './config.ts';
import { count, side } from './schema-parts.ts';

/** What a short measurement of a set-up is asked with, and what it tells. What a whole run costs by it is in run-cost.ts. */

export const costRequestSchema = v.strictObject({
  config: runConfigSchema,
  /** What the data's images are. They need not be read: such images are made up. */
  image: v.strictObject({ height: side, width: side, channels: side, classes: side }),
});
export type CostRequest = v.InferOutput<typeof costRequestSchema>;

export const measuredCostSchema = v.strictObject({
  /** In training steps. */
  examplesPerSecond: v.number(),
  /** In which it was; of an automatic one, the faster. */
  precision: v.picklist(['float32', 'bfloat16']),
  /** The most that the trainer's process had in memory after a step, TensorFlow included; without the data. */
  memoryBytes: count,
});
export type MeasuredCost = v.InferOutput<typeof measuredCostSchema>;

/** What the trainer tells of it; `id` is that of the command. */
export const costEvents = [
  /** Null: it was stopped before anything was measured. */
  v.strictObject({
    type: v.literal('cost-measured'),
    id: count,
    measured: v.nullable(measuredCostSchema),
  }),
  /** In place of a result: why nothing could be measured. */
  v.strictObject({ type: v.literal('cost-refused'), id: count, ...failureSchema.entries }),
] as const;
