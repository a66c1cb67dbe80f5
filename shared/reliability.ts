/** Whether a network is right as often as it says. */

/** As in the paper's tables. */
export const RELIABILITY_BINS = 15;

/** The answers whose probability lies in an interval. */
export interface ReliabilityBin {
  /** Without its lower end, but for the first; with its upper end. */
  from: number;
  to: number;
  count: number;
  /** Share of them that were right, and the mean of their probabilities; null where there are none. */
  accuracy: number | null;
  confidence: number | null;
}

export interface Reliability {
  bins: readonly ReliabilityBin[];
  /** Expected calibration error, 0 to 1. */
  expectedError: number;
  /** Over all answers. */
  accuracy: number;
  confidence: number;
}

/**
 * The reliability diagram and the expected calibration error of Guo, Pleiss, Sun and Weinberger, “On Calibration of Modern Neural
 * Networks”, ICML 2017, section 2: answers are sorted by the probability p of the class that was answered into M bins of equal width,
 * bin m of ((m − 1)/M, m/M]; ECE = Σₘ |Bₘ|/n · |accuracy(Bₘ) − confidence(Bₘ)|.
 * @param right of each answer whether it was right
 * @param shares of each the probability that it was given, 0 to 1; what is no number counts as 0
 * @param count M
 * @returns null where there are no answers
 */
export function reliabilityOf(
  right: ArrayLike<boolean>,
  shares: ArrayLike<number>,
  count = RELIABILITY_BINS,
): Reliability | null {
  const total = right.length;
  if (total === 0) return null;
  const sums = Array.from({ length: count }, () => ({ count: 0, right: 0, share: 0 }));
  for (let k = 0; k < total; k++) {
    const told = shares[k] ?? 0;
    const share = Number.isNaN(told) ? 0 : Math.min(1, Math.max(0, told));
    const sum = sums[Math.min(count - 1, Math.max(0, Math.ceil(share * count) - 1))];
    if (!sum) continue;
    sum.count++;
    sum.share += share;
    if (right[k]) sum.right++;
  }
  const bins = sums.map((sum, k) => ({
    ...{ from: k / count, to: (k + 1) / count, count: sum.count },
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
