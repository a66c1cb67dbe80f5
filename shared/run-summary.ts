import * as v from 'valibot';
import { runConfigSchema } from './config.ts';
import { count } from './schema-parts.ts';

/** A folder's run in short, as the list of all runs shows it: read without loading a network or the whole of its curves. */
export const runSummarySchema = v.strictObject({
  /** Of the newest checkpoint, or as run.json describes it; null: the folder holds no run. */
  config: v.nullable(runConfigSchema),
  checkpoints: count,
  branches: count,
  /** Of the newest checkpoint; null: there is none. */
  step: v.nullable(count),
  /** Epochs done. */
  epoch: v.nullable(count),
  /** The best validation of any branch; null: none was measured, or it is not known any more. */
  bestAccuracy: v.nullable(v.number()),
  bestLoss: v.nullable(v.number()),
  /** Of the newest epoch that was validated. */
  lastAccuracy: v.nullable(v.number()),
  /** When the folder was last written to, in milliseconds since 1970; null: nothing of a run is there. */
  changedAt: v.nullable(v.number()),
  /** Spent in training steps; null: an earlier version did not record it. */
  trainingSeconds: v.nullable(v.number()),
  /** Training loss on the way to the newest step, a few points of it, in the order of their steps. */
  curve: v.array(v.strictObject({ step: count, loss: v.number() })),
});
export type RunSummary = v.InferOutput<typeof runSummarySchema>;

/** The most points of a curve that a summary has. */
export const CURVE_POINTS = 120;
