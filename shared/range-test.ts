import { formatRate } from './format.ts';
import type {
  RangeTestCurve,
  RateRange,
  RateSuggestion,
  TriedRate,
} from './range-test-protocol.ts';

/**
 * Interprets the curve of a learning-rate range test (Smith, "Cyclical Learning Rates for Training Neural Networks", 2017): the rate rises
 * by the same factor at each step; the loss stays, falls, and rises again.
 *
 * The rule: the higher one of two rates is suggested. One is the rate at which the smoothed loss falls fastest over the rate's logarithm,
 * the other a tenth of the rate at which it is least; at both it still falls. The second is not used if no rise was seen. No rate is
 * suggested if the loss has not fallen by a twentieth, and by three times the usual difference between batches.
 */

/** Memory of the smoothed loss in steps, like that of a run's curves at their beginning. */
const MEMORY = 6;
const PAST = Math.exp(-1 / MEMORY);
/** The test has diverged if the smoothed loss is this many times its least: from here on nothing is learned. */
const DIVERGED = 4;
/** Decades of the rate over which the fall is measured; over shorter spans, differences between batches dominate. */
const FALL_SPAN = 0.5;
/** The loss has fallen if it fell by this share of its first value, and by this many standard deviations of a batch's loss. */
const LEAST_FALL = 0.05;
const LEAST_DEVIATIONS = 3;
/** Share of the steps at the beginning, before the rate has an effect, that show the loss and the differences between batches. */
const BEGINNING = 0.25;
/** Fewer steps show nothing. */
const LEAST_STEPS = 20;

/** The rate of a step, counted from 1; the number of steps for each factor of ten is constant. */
export function rateAtStep({ least, most, steps }: RateRange, step: number): number {
  return step === steps ? most : least * (most / least) ** ((step - 1) / (steps - 1));
}

/** Exponential moving average, divided by the weight so far, so that the start is not biased towards zero. */
class MovingAverage {
  #mean = 0;
  #weight = 0;

  /** @returns the average with this value */
  add(value: number): number {
    this.#mean = PAST * this.#mean + (1 - PAST) * value;
    this.#weight = PAST * this.#weight + (1 - PAST);
    return this.#mean / this.#weight;
  }
}

/** Detects when a test need not go on. */
export class DivergenceWatch {
  readonly #smoothed = new MovingAverage();
  #least = Infinity;

  /** @param loss of the next step */
  hasDiverged(loss: number): boolean {
    const smoothed = this.#smoothed.add(loss);
    this.#least = Math.min(this.#least, smoothed);
    return !(smoothed < DIVERGED * this.#least);
  }
}

/**
 * The smoothed loss at each step, and the rate to which it belongs. Both are averaged in the same way, the rate by its logarithm, so that
 * the curve does not lag behind. Averages only look back, so points that are drawn already do not change when more steps come.
 */
export function smoothTried(tried: readonly TriedRate[]): TriedRate[] {
  const [losses, powers] = [new MovingAverage(), new MovingAverage()];
  return tried.map(({ step, rate, loss }) => ({
    step,
    rate: 10 ** powers.add(Math.log10(rate)),
    loss: losses.add(loss),
  }));
}

/** Rows of the table for each decade of the rate. */
const ROWS_A_DECADE = 2;

/** Selects the first and the last of many points, and between them one for each row. */
export function rowsOfTried(points: readonly TriedRate[]): TriedRate[] {
  const rowAt = ({ rate }: TriedRate): number =>
    Math.floor(Math.log10(rate) * ROWS_A_DECADE + 1e-9);
  return points.filter((point, k) => {
    const before = points[k - 1];
    return !before || k === points.length - 1 || rowAt(before) !== rowAt(point);
  });
}

/** @param curve steps in their order, at the rates of `rateAtStep` */
export function suggestRate({ tried, ended }: RangeTestCurve): RateSuggestion {
  const [first, second] = tried;
  if (!first || !second || tried.length < LEAST_STEPS)
    return { rate: null, why: tooFewWords(tried.length, ended) };
  const decades = Math.log10(second.rate / first.rate);
  const smoothed = smoothTried(tried);
  const least = indexOfLeast(smoothed.map(({ loss }) => loss));
  const { mean, deviation } = beginningOf(tried);
  const fall = mean - (smoothed[least]?.loss ?? mean);
  if (fall < LEAST_FALL * mean || fall < LEAST_DEVIATIONS * deviation)
    return { rate: null, why: noFallWords(ended) };
  const rateAt = (index: number): number => smoothed[index]?.rate ?? first.rate;
  const steepest = rateAt(steepestFall(smoothed, least, FALL_SPAN / decades));
  const fallWords = `The loss falls fastest at ${twoDigits(steepest)}`;
  if (least >= tried.length - MEMORY)
    return adviceOf(steepest, `${fallWords}; it was still falling at the end.`);
  const leastAt = rateAt(least);
  const words = `${fallWords}, and is least at ${twoDigits(leastAt)}`;
  return steepest >= leastAt / 10
    ? adviceOf(steepest, `${words}.`)
    : adviceOf(leastAt / 10, `${words}: a tenth of that is taken, for it is the higher of both.`);
}

const twoDigits = (rate: number): string => formatRate(Number(rate.toPrecision(2)));
const adviceOf = (rate: number, why: string): RateSuggestion => ({
  rate: Number(rate.toPrecision(2)),
  why,
});

const tooFewWords = (count: number, ended: RangeTestCurve['ended']): string =>
  ended === 'diverged'
    ? `The loss left its range within ${count} steps: begin with a lower rate.`
    : `Only ${count} steps were done, of which nothing can be told.`;

const noFallWords = (ended: RangeTestCurve['ended']): string =>
  ended === 'stopped'
    ? 'Until it was stopped, the loss had hardly fallen, or no more than batches differ anyway.'
    : 'The loss hardly fell, or no more than batches differ anyway: take more steps, or other weights at the start.';

const indexOfLeast = (values: readonly number[]): number =>
  values.reduce((best, value, k) => (value < (values[best] ?? Infinity) ? k : best), 0);

/** The loss at the beginning, and the deviation between one batch and the next; so a slow fall does not count as a deviation. */
function beginningOf(tried: readonly TriedRate[]): { mean: number; deviation: number } {
  const losses = tried.slice(0, Math.ceil(tried.length * BEGINNING)).map(({ loss }) => loss);
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  const squares = losses.slice(1).map((loss, k) => (loss - (losses[k] ?? loss)) ** 2);
  const meanSquare = squares.reduce((sum, each) => sum + each, 0) / Math.max(squares.length, 1);
  return { mean, deviation: Math.sqrt(meanSquare / 2) };
}

/**
 * Where the loss falls most over a span, up to its least.
 * @param span in steps
 * @returns the middle of that span
 */
function steepestFall(smoothed: readonly TriedRate[], least: number, span: number): number {
  const half = Math.max(1, Math.min(Math.round(span / 2), Math.floor(least / 2)));
  let steepest = half;
  let most = -Infinity;
  for (let k = half; k <= least; k++) {
    const after = smoothed[Math.min(k + half, smoothed.length - 1)];
    const fall = (smoothed[k - half]?.loss ?? 0) - (after?.loss ?? Infinity);
    if (fall <= most) continue;
    most = fall;
    steepest = k;
  }
  return steepest;
}
