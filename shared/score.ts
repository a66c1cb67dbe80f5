import * as v from 'valibot';
import { count } from './schema-parts.ts';

/** How good a network is on examples: the loss is the mean softmax cross-entropy in nats, the accuracy a share of 1. */
export const scoreSchema = v.strictObject({ loss: v.number(), accuracy: v.number() });
export type Score = v.InferOutput<typeof scoreSchema>;

/** Without dropout. Runs of earlier versions have the loss and the accuracy only. */
export const evaluatedScoreSchema = v.strictObject({
  ...scoreSchema.entries,
  /** Share whose class is among the two most probable. */
  topTwo: v.optional(v.number()),
  /** How many examples of each class (row) were given each answer (column). */
  confusion: v.optional(v.array(v.array(count))),
});
export type EvaluatedScore = v.InferOutput<typeof evaluatedScoreSchema>;
