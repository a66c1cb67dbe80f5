import * as v from 'valibot';
import { count } from './schema-parts.ts';

/** How good a network is on examples: the loss is the mean softmax cross-entropy in nats, the accuracy a share of 1. */
export const scoreSchema = v.strictObject({ loss: v.number(), accuracy: v.number() });
export type Score = v.InferOutput<typeof scoreSchema>;

/**
 * The most classes whose confusion is told and recorded: it has their square of numbers. Of more, `perClass` is, which is all that
 * precision and recall need.
 */
export const MOST_CONFUSED = 100;

/** Numbers of examples, each list by class. */
const perClassSchema = v.strictObject({
  examples: v.array(count),
  /** Of these, those that were given their own class. */
  correct: v.array(count),
  /** Of any class that were given this one. */
  answered: v.array(count),
});
export type PerClass = v.InferOutput<typeof perClassSchema>;

/** Without dropout. Runs of earlier versions have the loss and the accuracy only. */
export const evaluatedScoreSchema = v.strictObject({
  ...scoreSchema.entries,
  /** Share whose class is among the two most probable. */
  topTwo: v.optional(v.number()),
  /** Among the five; where there are more than five classes. */
  topFive: v.optional(v.number()),
  /** How many examples of each class (row) were given each answer (column); up to `MOST_CONFUSED` classes. */
  confusion: v.optional(v.array(v.array(count))),
  /** Where there are more. */
  perClass: v.optional(perClassSchema),
});
export type EvaluatedScore = v.InferOutput<typeof evaluatedScoreSchema>;
