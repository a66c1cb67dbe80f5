import * as v from 'valibot';
import { classNamesSchema } from '../appearance.ts';
import { branchSchema } from '../branch.ts';
import { runConfigSchema } from '../config.ts';
import { count, fingerprintSchema } from '../schema-parts.ts';
import { evaluatedScoreSchema } from '../score.ts';
import { mistakesSchema } from './mistakes-data.ts';

/** All that a report tells of a run, as plain data. */

/** Null: it was not computed. */
const fingerprint = v.nullable(fingerprintSchema);

const curvePoint = v.strictObject({ step: count, loss: v.number(), accuracy: v.number() });

export const reportDataSchema = v.strictObject({
  /** The folder's own name, without the path to it. */
  folder: v.string(),
  config: runConfigSchema,
  image: v.strictObject({ height: count, width: count, channels: count, classes: count }),
  classNames: classNamesSchema,
  precision: v.string(),
  device: v.string(),
  tensorFlow: v.string(),
  /** Of this app and of Node, when the run began to train there last; null: not recorded. */
  versions: v.nullable(v.strictObject({ app: v.string(), node: v.string() })),
  datasetHash: v.string(),
  /** The checkpoint that the report is of. */
  checkpoint: v.strictObject({
    name: v.string(),
    step: count,
    epoch: count,
    branch: branchSchema,
    trainingSeconds: v.nullable(v.number()),
    fingerprint,
  }),
  /** As it was trained, in its order. */
  training: v.array(curvePoint),
  epochs: v.array(
    v.strictObject({
      ...curvePoint.entries,
      epoch: count,
      /** Null: nothing is kept for it. */
      validation: v.nullable(v.strictObject({ loss: v.number(), accuracy: v.number() })),
    }),
  ),
  /** What was changed or happened on the way, in words. */
  events: v.array(v.strictObject({ step: count, what: v.string() })),
  /** The newest evaluation whose classes are known; null: there is none. */
  evaluation: v.nullable(
    v.strictObject({
      part: v.picklist(['validation', 'test']),
      step: count,
      score: evaluatedScoreSchema,
    }),
  ),
  /** The first convolution's kernels [height × width × channels × filters]; null: the network has none. */
  filters: v.nullable(
    v.strictObject({ shape: v.tuple([count, count, count, count]), values: v.array(v.number()) }),
  ),
  /** The newest first. */
  checkpoints: v.array(
    v.strictObject({
      name: v.string(),
      step: count,
      epoch: count,
      validationLoss: v.nullable(v.number()),
      bytes: count,
      isBest: v.boolean(),
      pinned: v.boolean(),
      fingerprint,
    }),
  ),
  /** Null: they were not looked for. */
  mistakes: v.nullable(mistakesSchema),
  /** What the person has pinned to steps on the way here, the earliest first. */
  notes: v.array(v.strictObject({ step: count, text: v.string() })),
  /** Why the notes are not known; null: they are. */
  notesProblem: v.nullable(v.string()),
});
export type ReportData = v.InferOutput<typeof reportDataSchema>;
