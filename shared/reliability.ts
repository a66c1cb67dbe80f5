import * as v from 'valibot';
import { count } from './schema-parts.ts';

/** Whether a network is right as often as it says. */

/** As in the paper's tables. */
export const RELIABILITY_BINS = 15;

/** The answers whose probability lies in an interval. */
const bin = v.strictObject({
  /** Without its lower end, but for the first; with its upper end. */
  from: v.number(),
  to: v.number(),
  count,
  /** Share of them that were right, and the mean of their probabilities; null where there are none. */
  accuracy: v.nullable(v.number()),
  confidence: v.nullable(v.number()),
});

export const reliabilitySchema = v.strictObject({
  bins: v.array(bin),
  /** Expected calibration error, 0 to 1. */
  expectedError: v.number(),
  /** Over all answers. */
  accuracy: v.number(),
  confidence: v.number(),
});
export type Reliability = v.InferOutput<typeof reliabilitySchema>;

/**
 * The reliability diagram and the expected calibration error of Guo, Pleiss, Sun and Weinberger, “On Calibration of Modern Neural
 * Networks”, ICML 2017, section 2: answers are sorted by the probability p of the class that was answered into M bins of equal width,
 * bin m of ((m − 1)/M, m/M]; ECE = Σₘ |Bₘ|/n · |accuracy(Bₘ) − confidence(Bₘ)|.
 * @param right of each answer whether it was right
 * @param shares of each the probability that it was given, 0 to 1; what is no number counts as 0
 * @param binCount M
 * @returns null where there are no answers
 */
export function reliabilityOf(
  right: ArrayLike<boolean>,
  shares: ArrayLike<number>,
  binCount = RELIABILITY_BINS,
): Reliability | null {
  const total = right.length;
  if (total === 0) return null;
  const sums = Array.from({ length: binCount }, () => ({ count: 0, right: 0, share: 0 }));
  for (let k = 0; k < total; k++) {
    const told = shares[k] ?? 0;
    const share = Number.isNaN(told) ? 0 : Math.min(1, Math.max(0, told));
    const sum = sums[Math.min(binCount - 1, Math.max(0, Math.ceil(share * binCount) - 1))];
    if (!sum) continue;
    sum.count++;
    sum.share += share;
    if (right[k]) sum.right++;
  }
  const bins = sums.map((sum, k) => ({
    ...{ from: k / binCount, to: (k + 1) / binCount, count: sum.count },
    accuracy: sum.count === 0 ? null : sum.right / sum.count,
    confidence: sum.count === 0 ? null : sum.share / sum.count,
  }));
  const sumOf = (of: (sum: (typeof sums)[number]) => number): number =>
    sums.reduce((all, sum) => all + of(sum), 0);
  return {
    bins,
    expectedError: sumOf((sum) => Math.abs(sum.right - sum.share)) / total,
    accuracy: sumOf((sum) => sum.right) / total,
    confidence: sumOf((sum) => sum.share) / total,
  };
}

/** The same of examples and their answers: `labels` and `answers` are classes, `shares` the answers' probabilities. */
export const reliabilityOfAnswers = (
  { labels, answers }: { labels: Uint16Array; answers: Uint16Array },
  shares: ArrayLike<number>,
): Reliability | null =>
  reliabilityOf(
    Array.from(labels, (label, k) => label === answers[k]),
    shares,
  );
