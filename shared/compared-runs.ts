import * as v from 'valibot';
import { branchSchema } from './branch.ts';
import { scoreSchema } from './score.ts';
import { count } from './schema-parts.ts';

/** What the window asks of other runs, and of other branches of its own, to lay their curves over the run's. */

const branchNumber = v.pipe(count, v.minValue(1));

export const comparedRequests = [
  /** Which branches the folder's run has. */
  v.strictObject({ type: v.literal('branches') }),
  /** The way that led to a branch's newest step. */
  v.strictObject({ type: v.literal('curves'), branch: branchNumber }),
] as const;

/** A branch by the record of its newest checkpoint. */
export const branchSummarySchema = v.strictObject({
  branch: branchSchema,
  step: count,
  /** Epochs done. */
  epoch: count,
  /** The newest that was measured. */
  validation: v.nullable(scoreSchema),
  /** What the network and the data are called. */
  network: v.string(),
  dataset: v.string(),
});
export type BranchSummary = v.InferOutput<typeof branchSummarySchema>;

/** Far more points than are kept of any run. */
const MOST_POINTS = 200_000;
const floats = v.pipe(
  v.instance(Float32Array),
  v.check(({ length }) => length <= MOST_POINTS, 'there are too many points'),
);

/** In columns: a run has thousands of points, and all are copied from process to process. */
export const curveColumnsSchema = v.pipe(
  v.strictObject({ steps: v.instance(Uint32Array), loss: floats, accuracy: floats }),
  v.check(
    ({ steps, loss, accuracy }) => steps.length === loss.length && steps.length === accuracy.length,
    'the columns are not of one length',
  ),
);
export type CurveColumns = v.InferOutput<typeof curveColumnsSchema>;

const comparedEpochSchema = v.strictObject({
  epoch: count,
  step: count,
  train: scoreSchema,
  validation: v.nullable(scoreSchema),
});
export type ComparedEpoch = v.InferOutput<typeof comparedEpochSchema>;

export const comparedAnswers = [
  /** Newest branch first. */
  v.strictObject({ type: v.literal('branches'), branches: v.array(branchSummarySchema) }),
  v.strictObject({
    type: v.literal('curves'),
    branch: branchSchema,
    /** Of the training, each step's own batch. */
    training: curveColumnsSchema,
    epochs: v.array(comparedEpochSchema),
  }),
] as const;

/** What may be asked of a folder of the recent list: it is looked at, and nothing else. */
export const comparedRunSchema = v.strictObject({
  folder: v.string(),
  request: v.variant('type', comparedRequests),
});
export type ComparedRun = v.InferOutput<typeof comparedRunSchema>;
