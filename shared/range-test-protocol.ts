import * as v from 'valibot';
import { failureSchema } from './checkpoint-protocol.ts';
import { runConfigSchema } from './config.ts';
import { fields } from './fields.ts';
import { count, numberAt, numberIn } from './schema-parts.ts';

/** What a learning-rate range test is asked with, and what it tells. What its curve says is in range-test.ts. */

const rate = numberAt('optimizer.learningRate');

/** Steps that such a test may have: of fewer the curve says nothing, more are a run. */
export const stepsRange = { kind: 'whole', least: 50, most: 5000 } as const;

/** Which rates are tried: the first, the last, and in how many steps it goes from one to the other. */
export const rateRangeSchema = v.pipe(
  v.strictObject({ least: rate, most: rate, steps: numberIn('steps', stepsRange) }),
  v.check(({ least, most }) => least < most, 'the least rate must be below the greatest'),
);
export type RateRange = v.InferOutput<typeof rateRangeSchema>;

/** Smith's test begins where nothing is learned and ends where nothing can be. */
export const usualRateRange: RateRange = {
  least: 1e-7,
  most: Math.min(10, fields['optimizer.learningRate'].range.most),
  steps: 300,
};

/** A step of the test: its number from 1, the rate in force, and the loss of its batch before the update, in nats. */
export const triedRateSchema = v.strictObject({
  step: count,
  rate: v.number(),
  loss: v.number(),
});
export type TriedRate = v.InferOutput<typeof triedRateSchema>;

export const rangeTestRequestSchema = v.strictObject({
  config: runConfigSchema,
  range: rateRangeSchema,
  /** The weights that it begins with: drawn from the seed, or a copy of those of the folder's newest checkpoint. */
  start: v.picklist(['fresh', 'checkpoint']),
});
export type RangeTestRequest = v.InferOutput<typeof rangeTestRequestSchema>;

/** How far a test has come, ten times a second at most. */
export const rangeProgressSchema = v.strictObject({
  doing: v.picklist(['reading the data', 'building the network', 'trying rates']),
  /** Those since the last time this was told. */
  tried: v.array(triedRateSchema),
  /** Null until steps have been done. */
  secondsLeft: v.nullable(v.number()),
});
export type RangeProgress = v.InferOutput<typeof rangeProgressSchema>;

/** What the curve says. */
const rateSuggestionSchema = v.strictObject({
  /** In two digits; null: it says nothing. */
  rate: v.nullable(rate),
  /** One sentence or two: why this rate, or why none. */
  why: v.string(),
});
export type RateSuggestion = v.InferOutput<typeof rateSuggestionSchema>;

export const rangeTestResultSchema = v.strictObject({
  /** All steps that were done; the loss of each is finite. */
  tried: v.array(triedRateSchema),
  /** Why it did not go on: all rates were tried; the loss became far greater than its least, or no number; somebody stopped it. */
  ended: v.picklist(['complete', 'diverged', 'stopped']),
  suggestion: rateSuggestionSchema,
});
export type RangeTestResult = v.InferOutput<typeof rangeTestResultSchema>;
/** Without what it says. */
export type RangeTestCurve = Omit<RangeTestResult, 'suggestion'>;

/** What the trainer tells of a test; `id` is that of the command. */
export const ratesEvents = [
  v.strictObject({ type: v.literal('rates-progress'), ...rangeProgressSchema.entries }),
  v.strictObject({ type: v.literal('rates-tried'), id: count, result: rangeTestResultSchema }),
  /** In place of a result: why no rates could be tried. */
  v.strictObject({ type: v.literal('rates-refused'), id: count, ...failureSchema.entries }),
] as const;
