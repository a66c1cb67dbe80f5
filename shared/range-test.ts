import { formatRate } from './format.ts';
import type {
  RangeTestCurve,
  RateRange,
  RateSuggestion,
  TriedRate,
} from './range-test-protocol.ts';

/**
 * What the curve of a learning-rate range test says (Smith, "Cyclical Learning Rates for Training Neural Networks", 2017): the rate
 * rises by the same factor at each step, the loss stays, falls, and rises again.
 *
 * The rule: of two rates the higher is suggested, that at which the smoothed loss falls fastest by the rate's logarithm, and a tenth
 * of that at which it is least; both lie where it still falls. Of a rise that was not seen, no tenth is taken. Where the loss has not
 * fallen by a twentieth, and by three times what batches differ anyway, no rate is suggested.
 */

/** In steps, how far back the smoothed loss remembers: as far as the curves of a run at their beginning. */
const MEMORY = 6;
const PAST = Math.exp(-1 / MEMORY);
/** Smoothed, the loss has become so many times its least: from here on nothing is learned. */
const DIVERGED = 4;
/** Decades of the rate over which its fall is measured: shorter ones measure how batches differ. */
const FALL_SPAN = 0.5;
/** The loss has fallen if by such a share of what it was, and by so many standard deviations of a batch's loss. */
const LEAST_FALL = 0.05;
const LEAST_DEVIATIONS = 3;
/** The share of the steps that tells what the loss is and how batches differ, before the rate does anything. */
const BEGINNING = 0.25;
/** Fewer tell nothing. */
const LEAST_STEPS = 20;

/** The rate of a step, counted from 1: as many steps for each factor of ten. */
export function rateAtStep({ least, most, steps }: RateRange, step: number): number {
  return step === steps ? most : least * (most / least) ** ((step - 1) / (steps - 1));
}

/** Exponential moving average, divided by the weight so far: the start is not drawn towards zero. */
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

/** Sees when a test need not go on. */
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
 * The smoothed loss at each step, and the rate that it stands for: both are averaged alike, the rate by its logarithm, so that the
 * curve is not late. It looks back only: what is drawn already does not change as more steps come.
 */
export function smoothTried(tried: readonly TriedRate[]): TriedRate[] {
  const [losses, powers] = [new MovingAverage(), new MovingAverage()];
  return tried.map(({ step, rate, loss }) => ({
    step,
    rate: 10 ** powers.add(Math.log10(rate)),
    loss: losses.add(loss),
  }));
}

/** Rows of a table, two a decade. */
const ROWS_A_DECADE = 2;

/** Of many points the first and the last, and between them one for each so many decades of the rate. */
export function rowsOfTried(points: readonly TriedRate[]): TriedRate[] {
  const rowAt = ({ rate }: TriedRate): number =>
    Math.floor(Math.log10(rate) * ROWS_A_DECADE + 1e-9);
  return points.filter((point, k) => {
    const before = points[k - 1];
    return !before || k === points.length - 1 || rowAt(before) !== rowAt(point);
  });
}

/** @param curve the steps are in their order, at rates as `rateAtStep` has them */
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

/** What the loss is at first, and how one batch's differs from that of the next: so a slow fall is not taken for a difference. */
function beginningOf(tried: readonly TriedRate[]): { mean: number; deviation: number } {
  const losses = tried.slice(0, Math.ceil(tried.length * BEGINNING)).map(({ loss }) => loss);
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  const squares = losses.slice(1).map((loss, k) => (loss - (losses[k] ?? loss)) ** 2);
  const meanSquare = squares.reduce((sum, each) => sum + each, 0) / Math.max(squares.length, 1);
  return { mean, deviation: Math.sqrt(meanSquare / 2) };
}

/**
 * Where the loss falls by most over a span, up to where it is least.
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
