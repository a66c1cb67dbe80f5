/** Whether a noisy loss falls, rises or does neither. */

/** Of a recorded step. */
export interface LossStep {
  step: number;
  loss: number;
}

/** The mean over some steps that follow each other, and the last of them. */
export interface Block {
  step: number;
  loss: number;
}

/** As many as give a rank test something to tell, and are still long enough to average the batches' differences out. */
const BLOCKS = 8;
/**
 * Where what is judged begins, as a share of the steps. Of real runs that learned, half of the steps were too few for the test to tell
 * the fall from the differences between batches; what lies further back says little of how it goes now.
 */
const JUDGED_FROM = 1 / 3;
/** Before this step a block would be fewer than a dozen batches. */
const LEAST_STEPS = 192;

/**
 * The last two thirds of what was trained in eight blocks of equally many steps. It ends at one of 32 to 64 places that only the number of
 * the step decides, so that what is said of it changes seldom, and at the same steps on any machine.
 * @param steps in their order
 * @returns null where there are too few
 */
export function blocksOf(steps: readonly LossStep[]): Block[] | null {
  const end = milestoneBefore(steps.at(-1)?.step ?? 0);
  if (end < LEAST_STEPS) return null;
  const begin = end * JUDGED_FROM;
  const length = (end - begin) / BLOCKS;
  const sums = Array.from({ length: BLOCKS }, () => ({ sum: 0, count: 0 }));
  for (let k = steps.length - 1; k >= 0; k--) {
    const each = steps[k];
    if (!each || each.step <= begin) break;
    if (each.step > end) continue;
    const block = sums[Math.min(BLOCKS - 1, Math.ceil((each.step - begin) / length) - 1)];
    if (!block) continue;
    block.sum += each.loss;
    block.count++;
  }
  if (sums.some(({ count }) => count < 2)) return null;
  return sums.map(({ sum, count }, k) => ({
    step: Math.round(begin + (k + 1) * length),
    loss: sum / count,
  }));
}

/** The last step up to this one at which a run is judged anew. */
export function milestoneBefore(step: number): number {
  let stride = 1;
  while (stride * 64 <= step) stride *= 2;
  return Math.floor(step / stride) * stride;
}

/**
 * How far Kendall's S of so many values must be from 0 not to be chance in 95 of 100 cases, one-sided; of three values, none is: that
 * they are in order counts then.
 */
const SIGNIFICANT = [Infinity, Infinity, Infinity, 3, 6, 8, 11, 13, 16];
/** One block as many times the middle one as this is a jump, whatever was before. */
const JUMP = 2;
/** A rise by less than this share is none that one would act on. */
const LEAST_RISE = 0.05;
/** A fall by this share from the first quarter to the last is one, however much goes up and down in between. */
const CLEAR_FALL = 0.25;

export interface Trend {
  direction: 'falling' | 'rising' | 'none';
  /** From the first quarter to the last, as a share of the first; negative where it fell. Of a jump, from the middle to the last. */
  change: number;
}

/**
 * The trend by the Mann–Kendall test, which asks only which of two blocks is greater: a single peak does not count for more than one.
 * @param blocks three to eight
 */
export function trendOf(blocks: readonly Block[]): Trend {
  const losses = blocks.map(({ loss }) => loss);
  const quarter = Math.max(1, Math.floor(losses.length / 4));
  const [first, last] = [meanOf(losses.slice(0, quarter)), meanOf(losses.slice(-quarter))];
  const change = first === 0 ? 0 : last / first - 1;
  const score = kendallScore(losses);
  const needed = SIGNIFICANT[losses.length] ?? Infinity;
  const jump = (losses.at(-1) ?? 0) / medianOf(losses);
  // What is not a number any more does not fall.
  if (!losses.every(Number.isFinite)) return { direction: 'rising', change: Infinity };
  if (score >= needed && change >= LEAST_RISE) return { direction: 'rising', change };
  if (jump > JUMP) return { direction: 'rising', change: jump - 1 };
  const isFalling = score <= -needed || (score < 0 && change <= -CLEAR_FALL);
  return { direction: isFalling ? 'falling' : 'none', change };
}

/** Pairs that rise less pairs that fall. */
const kendallScore = (values: readonly number[]): number =>
  values.reduce(
    (score, later, k) =>
      score + values.slice(0, k).reduce((sum, earlier) => sum + Math.sign(later - earlier), 0),
    0,
  );

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const medianOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
};
