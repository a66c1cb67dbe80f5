import { softmax } from './activations.ts';

/**
 * Temperature scaling of Guo, Pleiss, Sun and Weinberger, “On Calibration of Modern Neural Networks”, ICML 2017, section 4.2: one number
 * T > 0 divides the logits before the softmax. Above 1 the network is less sure than it was, below 1 surer; what it answers stays.
 */

/** The bounds of the search. */
export const LEAST_TEMPERATURE = 0.05;
export const MOST_TEMPERATURE = 20;

/** What a network gave for some images. */
export interface ScoredImages {
  /** [images × classes], before the softmax. */
  logits: Float32Array;
  classes: number;
  /** [images]: what each is. */
  labels: ArrayLike<number>;
}

export interface FittedTemperature {
  temperature: number;
  /** Where the search ended at a bound: the loss still falls beyond it, and the number is the bound's, not the network's. */
  bound: 'least' | 'most' | null;
}

/** Newton's method takes some eight; halving alone would need some fifty. */
const MOST_ITERATIONS = 100;
/** Relative to 1/T. */
const PRECISION = 1e-10;

/**
 * The temperature of least mean negative log-likelihood. That is convex in 1/T, so its slope has one zero at most, which Newton's method
 * finds; wherever a step would leave the interval that still holds the zero, or has not halved the one before the last, the interval is
 * halved instead (“rtsafe” in Press et al., “Numerical Recipes”, section 9.4).
 * @returns at a bound where the loss falls towards it all the way: at the least if every image is right, at the most if the scores tell
 * less than nothing; 1 where no temperature changes the loss; null where there are no images, or a logit is no finite number
 */
export function fitTemperature(images: ScoredImages): FittedTemperature | null {
  if (images.labels.length === 0 || !images.logits.every(Number.isFinite)) return null;
  // The interval, in 1/T.
  let [low, high] = [1 / MOST_TEMPERATURE, 1 / LEAST_TEMPERATURE];
  const slopes = [low, high].map((inverse) => lossSlope(images, inverse).slope);
  const [slopeLow = 0, slopeHigh = 0] = slopes;
  if (slopeLow === 0 && slopeHigh === 0) return { temperature: 1, bound: null };
  if (slopeLow >= 0) return { temperature: MOST_TEMPERATURE, bound: 'most' };
  if (slopeHigh <= 0) return { temperature: LEAST_TEMPERATURE, bound: 'least' };
  let inverse = 1;
  let [step, stepBefore] = [high - low, high - low];
  for (let k = 0; k < MOST_ITERATIONS && Math.abs(step) > PRECISION * inverse; k++) {
    const { slope, curvature } = lossSlope(images, inverse);
    if (slope < 0) low = inverse;
    else high = inverse;
    const newton = inverse - slope / curvature;
    const isTaken =
      newton > low && newton < high && Math.abs(newton - inverse) <= Math.abs(stepBefore) / 2;
    // The scale of a temperature is that of its logarithm.
    const next = isTaken ? newton : Math.sqrt(low * high);
    [stepBefore, step] = [step, next - inverse];
    inverse = next;
  }
  return { temperature: 1 / inverse, bound: null };
}

/**
 * First and second derivative of the mean negative log-likelihood by 1/T. Of an image with logits z, label y and shares p at T they are
 * Σ p·z − z[y] and the variance of z under p.
 */
function lossSlope(images: ScoredImages, inverse: number): { slope: number; curvature: number } {
  let [slope, curvature] = [0, 0];
  forEachRow(images, (row, label, highest) => {
    let [total, sum, squares] = [0, 0, 0];
    for (const logit of row) {
      const below = logit - highest;
      const power = Math.exp(inverse * below);
      total += power;
      sum += power * below;
      squares += power * below * below;
    }
    const mean = sum / total;
    slope += mean - ((row[label] ?? 0) - highest);
    curvature += Math.max(0, squares / total - mean * mean);
  });
  const { length } = images.labels;
  return { slope: slope / length, curvature: curvature / length };
}

/** What a temperature makes of the images. */
export interface ScaledAnswers {
  /** Mean negative log-likelihood, in nats. */
  loss: number;
  /** [images]: probability of the class of highest score, which is the one that is answered at every temperature. */
  shares: Float64Array;
}

/** @param temperature 1: as the network has it */
export function scaledAnswers(images: ScoredImages, temperature: number): ScaledAnswers {
  const shares = new Float64Array(images.labels.length);
  let [loss, at] = [0, 0];
  forEachRow(images, (row, label, highest) => {
    let total = 0;
    for (const logit of row) total += Math.exp((logit - highest) / temperature);
    shares[at++] = 1 / total;
    loss += Math.log(total) - ((row[label] ?? 0) - highest) / temperature;
  });
  return { loss: loss / images.labels.length, shares };
}

function forEachRow(
  { logits, classes, labels }: ScoredImages,
  visit: (row: Float32Array, label: number, highest: number) => void,
): void {
  for (let k = 0; k < labels.length; k++) {
    const row = logits.subarray(k * classes, (k + 1) * classes);
    let highest = -Infinity;
    for (const logit of row) if (logit > highest) highest = logit;
    visit(row, labels[k] ?? 0, highest);
  }
}

/** The classes' probabilities of one image's scores. */
export const softmaxAt = (scores: ArrayLike<number>, temperature: number): Float64Array =>
  softmax(Float64Array.from(scores, (score) => score / temperature));
