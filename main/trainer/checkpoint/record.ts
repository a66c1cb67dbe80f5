import * as v from 'valibot';
import { appearanceSchema } from '../../../shared/appearance.ts';
import { branchSchema, firstBranch } from '../../../shared/branch.ts';
import { runConfigSchema } from '../../../shared/config.ts';
import { patienceSchema } from './patience-record.ts';
import { count } from '../../../shared/schema-parts.ts';
import { evaluatedScoreSchema } from '../../../shared/score.ts';

const fileSchema = v.strictObject({ bytes: count, sha256: v.pipe(v.string(), v.length(64)) });
export type FileSummary = v.InferOutput<typeof fileSchema>;

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
  /** Examples of the present epoch that the sums do not have, for the record of that time was lost; absent: none. */
  uncounted: v.optional(count),
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
  branch: v.optional(branchSchema, firstBranch),
  /** Kept until a person says otherwise. */
  pinned: v.optional(v.boolean(), false),
  watch: patienceSchema,
  config: runConfigSchema,
  precision: v.picklist(['float32', 'bfloat16']),
  /** What the network takes and gives. */
  image: v.strictObject({ height: count, width: count, channels: count, classes: count }),
  /** How the images look that it learns from; earlier versions did not look. */
  appearance: v.optional(appearanceSchema),
  /** SHA-256 of the examples that the run learns from. */
  datasetHash: v.string(),
  validation: v.nullable(evaluatedScoreSchema),
  /** Arithmetic may differ in the last bits where these differ. */
  device: v.string(),
  tensorFlow: v.string(),
  files: v.strictObject({ index: fileSchema, data: fileSchema }),
});
export type CheckpointRecord = v.InferOutput<typeof recordSchema>;

/** Null where the text is no record. */
export function parseRecord(text: string): CheckpointRecord | null {
  const parsed = v.safeParse(recordSchema, jsonOf(text));
  return parsed.success ? parsed.output : null;
}

/**
 * Whether a text that is no record here is one of another version of this app: a whole record, but for settings that are not
 * known here or another format.
 */
export function isOtherVersions(text: string): boolean {
  const record = jsonOf(text);
  const { issues = [] } = v.safeParse(recordSchema, record);
  const known = v.safeParse(v.object({ format: v.pipe(v.number(), v.integer()) }), record);
  if (known.success && known.output.format > 1) return true;
  return issues.length > 0 && issues.every(({ expected }) => expected === 'never');
}

/** Null where the text is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
