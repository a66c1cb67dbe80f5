import * as v from 'valibot';
import { count } from './schema-parts.ts';

/** How well a network does on examples: the loss is the mean softmax cross-entropy in nats, the accuracy a share of 1. */
export const scoreSchema = v.strictObject({ loss: v.number(), accuracy: v.number() });
export type Score = v.InferOutput<typeof scoreSchema>;

/**
 * Most classes for which the confusion matrix is reported and recorded, since it has their square of numbers. With more classes, `perClass`
 * takes its place, which is all that precision and recall need.
 */
export const MOST_CONFUSED = 100;

/** Numbers of examples; each list has one for each class. */
const perClassSchema = v.strictObject({
  examples: v.array(count),
  /** Examples of the class that were answered correctly. */
  correct: v.array(count),
  /** Examples of any class that were answered with this class. */
  answered: v.array(count),
});
export type PerClass = v.InferOutput<typeof perClassSchema>;

/** A score without dropout. Runs of earlier versions have only the loss and the accuracy. */
export const evaluatedScoreSchema = v.strictObject({
  ...scoreSchema.entries,
  /** Share of the examples whose class is among the two most probable. */
  topTwo: v.optional(v.number()),
  /** Share whose class is among the five most probable; only with more than five classes. */
  topFive: v.optional(v.number()),
  /** Number of examples of each class (row) that were given each answer (column); only up to `MOST_CONFUSED` classes. */
  confusion: v.optional(v.array(v.array(count))),
  /** Only with more classes. */
  perClass: v.optional(perClassSchema),
});
export type EvaluatedScore = v.InferOutput<typeof evaluatedScoreSchema>;
