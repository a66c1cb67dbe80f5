import * as v from 'valibot';
import { appearanceSchema, classNamesSchema } from '../../../shared/appearance.ts';
import { branchSchema, firstBranch } from '../../../shared/branch.ts';
import { runConfigSchema } from '../../../shared/config.ts';
import { patienceSchema } from './patience-record.ts';
import { count } from '../../../shared/schema-parts.ts';
import { evaluatedScoreSchema } from '../../../shared/score.ts';

const fileSchema = v.strictObject({ bytes: count, sha256: v.pipe(v.string(), v.length(64)) });
export type FileSummary = v.InferOutput<typeof fileSchema>;

/** A run's position. Together with the config and the data it determines every later number. */
export const cursorSchema = v.strictObject({
  /** Steps done. */
  step: count,
  /** Epochs done. */
  epoch: count,
  /** Examples of the current epoch that have been trained on. */
  position: count,
  /** Steps done in the current epoch. */
  batches: count,
  /** Sums over the examples of the current epoch. */
  lossSum: v.number(),
  correct: v.number(),
  /** Examples of the current epoch that the sums lack, because the record of that time was lost; absent if there are none. */
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

/** The record beside a checkpoint's tensors, `model.ckpt-STEP.json`. A checkpoint without one does not count as this app's. */
export const recordSchema = v.strictObject({
  format: v.literal(1),
  cursor: cursorSchema,
  branch: v.optional(branchSchema, firstBranch),
  /** A pinned checkpoint is kept until a person unpins it. */
  pinned: v.optional(v.boolean(), false),
  watch: patienceSchema,
  /** Spent in training steps up to here, over all starts of the run; earlier versions did not record it. */
  trainingSeconds: v.optional(v.number()),
  config: runConfigSchema,
  precision: v.picklist(['float32', 'bfloat16']),
  /** The shape of the network's input, and how many classes it tells apart. */
  image: v.strictObject({ height: count, width: count, channels: count, classes: count }),
  /** What the images of the training data look like; earlier versions did not record it. */
  appearance: v.optional(appearanceSchema),
  /** What the classes are called; earlier versions knew only numbers. */
  classNames: v.optional(classNamesSchema),
  /** SHA-256 of the examples that the run learns from. */
  datasetHash: v.string(),
  validation: v.nullable(evaluatedScoreSchema),
  /** Where the device or TensorFlow differs, results may differ in their last bits. */
  device: v.string(),
  tensorFlow: v.string(),
  files: v.strictObject({ index: fileSchema, data: fileSchema }),
});
export type CheckpointRecord = v.InferOutput<typeof recordSchema>;

export const recordText = (record: CheckpointRecord): string =>
  `${JSON.stringify(record, null, 1)}\n`;

/** Null if the text is not a record. */
export function parseRecord(text: string): CheckpointRecord | null {
  const parsed = v.safeParse(recordSchema, jsonOf(text));
  return parsed.success ? parsed.output : null;
}

/** What the records of one run share, and what takes longest to check. */
const sharedParts = ['config', 'appearance', 'classNames'] as const;
const ownPartsSchema = v.strictObject({
  ...recordSchema.entries,
  config: v.unknown(),
  appearance: v.unknown(),
  classNames: v.unknown(),
});
/** The shared parts that were found to be allowed last, as text. */
let allowedParts = '';

/** As `parseRecord`, several times as fast for the records of one run: what they share is checked once. */
export function parseLikeRecord(text: string): CheckpointRecord | null {
  const json = jsonOf(text);
  if (typeof json !== 'object' || json === null) return null;
  const parts = JSON.stringify(sharedParts.map((part) => (json as Record<string, unknown>)[part]));
  if (parts !== allowedParts) {
    const record = parseRecord(text);
    if (record) allowedParts = parts;
    return record;
  }
  const parsed = v.safeParse(ownPartsSchema, { appearance: null, classNames: null, ...json });
  return parsed.success ? (parsed.output as CheckpointRecord) : null;
}

/**
 * Whether a text that is not a record here is one of another version of this app: it has a newer format, or is complete and has
 * settings that are unknown here.
 */
export function isOtherVersions(text: string): boolean {
  const record = jsonOf(text);
  const { issues = [] } = v.safeParse(recordSchema, record);
  const known = v.safeParse(v.object({ format: v.pipe(v.number(), v.integer()) }), record);
  if (known.success && known.output.format > 1) return true;
  return issues.length > 0 && issues.every(({ expected }) => expected === 'never');
}

/** Null if the text is not JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
