import * as v from 'valibot';
import { runConfigSchema } from '../../../shared/config.ts';
import { watchSchema } from '../watch.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const fileSchema = v.strictObject({ bytes: count, sha256: v.pipe(v.string(), v.length(64)) });
const score = v.strictObject({ loss: v.number(), accuracy: v.number() });

/** Where a run stands. With the config and the data it decides every later number. */
export const cursorSchema = v.strictObject({
  /** Steps done. */
  step: count,
  /** Epochs done. */
  epoch: count,
  /** Examples of the present epoch that have been trained on. */
  position: count,
  /** Steps done in the present epoch. */
  batches: count,
  /** Sums over the examples of the present epoch. */
  lossSum: v.number(),
  correct: v.number(),
});
export type Cursor = v.InferOutput<typeof cursorSchema>;

export const newCursor = (): Cursor => ({
  step: 0,
  epoch: 0,
  position: 0,
  batches: 0,
  lossSum: 0,
  correct: 0,
});

/** What is kept beside a checkpoint's tensors, as `model.ckpt-STEP.json`: a checkpoint without it is not this app's. */
export const recordSchema = v.strictObject({
  format: v.literal(1),
  cursor: cursorSchema,
  watch: watchSchema,
  config: runConfigSchema,
  precision: v.picklist(['float32', 'bfloat16']),
  /** What the network takes and gives. */
  image: v.strictObject({ height: count, width: count, channels: count, classes: count }),
  /** SHA-256 of the examples that the run learns from. */
  datasetHash: v.string(),
  validation: v.nullable(score),
  /** Arithmetic may differ in the last bits where these differ. */
  device: v.string(),
  tensorFlow: v.string(),
  files: v.strictObject({ index: fileSchema, data: fileSchema }),
});
export type CheckpointRecord = v.InferOutput<typeof recordSchema>;
export type FileSummary = v.InferOutput<typeof fileSchema>;
