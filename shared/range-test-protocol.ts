import * as v from 'valibot';
import { failureSchema } from './checkpoint-protocol.ts';
import { runConfigSchema } from './config.ts';
import { fields } from './fields.ts';
import { count, numberAt, numberIn } from './schema-parts.ts';

/** The request, progress and result of a learning-rate range test. range-test.ts interprets its curve. */

const rate = numberAt('optimizer.learningRate');

/** Number of steps of a test: fewer show nothing, more are a whole run. */
export const stepsRange = { kind: 'whole', least: 50, most: 5000 } as const;

/** The rates to try: the first, the last, and the number of steps from one to the other. */
export const rateRangeSchema = v.pipe(
  v.strictObject({ least: rate, most: rate, steps: numberIn('steps', stepsRange) }),
  v.check(({ least, most }) => least < most, 'the least rate must be below the greatest'),
);
export type RateRange = v.InferOutput<typeof rateRangeSchema>;

/** Smith's test begins where nothing is learned yet and ends where nothing can be learned any more. */
export const usualRateRange: RateRange = {
  least: 1e-7,
  most: Math.min(10, fields['optimizer.learningRate'].range.most),
  steps: 300,
};

/** A step of the test: its number from 1, its rate, and the loss of its batch before the update, in nats. */
export const triedRateSchema = v.strictObject({
  step: count,
  rate: v.number(),
  loss: v.number(),
});
export type TriedRate = v.InferOutput<typeof triedRateSchema>;

export const rangeTestRequestSchema = v.strictObject({
  config: runConfigSchema,
  range: rateRangeSchema,
  /** The weights at the beginning: drawn from the seed, or copied from the folder's newest checkpoint. */
  start: v.picklist(['fresh', 'checkpoint']),
});
export type RangeTestRequest = v.InferOutput<typeof rangeTestRequestSchema>;

/** Progress of a test, reported at most ten times a second. */
export const rangeProgressSchema = v.strictObject({
  doing: v.picklist(['reading the data', 'building the network', 'trying rates']),
  /** The steps since the last report. */
  tried: v.array(triedRateSchema),
  /** Null until steps have been done. */
  secondsLeft: v.nullable(v.number()),
});
export type RangeProgress = v.InferOutput<typeof rangeProgressSchema>;

/** What the curve suggests. */
const rateSuggestionSchema = v.strictObject({
  /** A rate with two significant digits; null if the curve suggests none. */
  rate: v.nullable(rate),
  /** One or two sentences that explain this rate, or why there is none. */
  why: v.string(),
});
export type RateSuggestion = v.InferOutput<typeof rateSuggestionSchema>;

export const rangeTestResultSchema = v.strictObject({
  /** All steps that were done; each loss is finite. */
  tried: v.array(triedRateSchema),
  /** Why it ended: all rates were tried; the loss became far greater than its least, or not finite; or somebody stopped it. */
  ended: v.picklist(['complete', 'diverged', 'stopped']),
  suggestion: rateSuggestionSchema,
});
export type RangeTestResult = v.InferOutput<typeof rangeTestResultSchema>;
/** The result without the suggestion. */
export type RangeTestCurve = Omit<RangeTestResult, 'suggestion'>;

/** Events of a test; `id` is the command's. */
export const ratesEvents = [
  v.strictObject({ type: v.literal('rates-progress'), ...rangeProgressSchema.entries }),
  v.strictObject({ type: v.literal('rates-tried'), id: count, result: rangeTestResultSchema }),
  /** Sent instead of a result: why no rates could be tried. */
  v.strictObject({ type: v.literal('rates-refused'), id: count, ...failureSchema.entries }),
] as const;

/** The window's calls; `ratesProgress` tells how far the first has come. */
export const rangeTestCalls = {
  /** Tries learning rates on a copy of the network, while there is no run; answers at the end. */
  tryRates: { input: rangeTestRequestSchema, output: rangeTestResultSchema },
  /** Makes `tryRates` answer with the rates that were tried so far. */
  stopTryingRates: { input: v.undefined(), output: v.undefined() },
} as const;
