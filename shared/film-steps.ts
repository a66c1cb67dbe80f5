import { pointOf } from './thin.ts';

/**
 * After which steps the first layer's filters are kept. As for the curves, the step's number and the filters' size decide, neither the
 * clock nor how long the run is: the same run has the same film on any machine, and when it is resumed.
 */

/** Between frames, at first. A multiple of the steps that are done at once: a frame seldom parts them. */
const STEPS_A_FRAME = 8;
/** Up to so many frames each counts for itself; from there on twice as many steps share one with each doubling. A power of two. */
const MOST_KEPT = 256;
/** Of a long run's film on the disk, should each frame have a checkpoint's frame beside it. */
const MOST_BYTES = 16 * 2 ** 20;
const LONG_RUN = 360_000;
/** A frame is a line of the file, which has to stay readable as one. */
const MOST_LINE = 2 ** 20;
const BYTES_A_WEIGHT = 4;
/** Base64, and what else the line tells. */
const lineBytes = (weights: number): number => (weights * BYTES_A_WEIGHT * 4) / 3 + 200;

/**
 * How many frames of filters are kept before steps begin to share one.
 * @param weights of all filters together
 * @returns a power of two; 0: they are too large for a film
 */
export function framesKept(weights: number): number {
  const bytes = lineBytes(weights);
  if (bytes > MOST_LINE) return 0;
  const fits = (kept: number): boolean => 2 * bytes * framesOf(LONG_RUN, kept) <= MOST_BYTES;
  let kept = MOST_KEPT;
  while (kept >= 1 && !fits(kept)) kept /= 2;
  return kept >= 1 ? kept : 0;
}

/** Frames of a run of so many steps: `kept`, then half as many with each doubling. */
const framesOf = (steps: number, kept: number): number =>
  kept * (1 + Math.log2(Math.max(1, steps / (STEPS_A_FRAME * kept))) / 2);

/** The last of the steps that share a frame with `step`: its filters are the frame. */
const frameOf = (step: number, kept: number): number =>
  pointOf(Math.ceil(step / STEPS_A_FRAME), kept) * STEPS_A_FRAME;

/** Whether the filters are kept after this step. */
export const isFrameStep = (step: number, kept: number): boolean =>
  kept > 0 && frameOf(step, kept) === step;

/** Whether two steps share a frame. */
export const shareFrame = (a: number, b: number, kept: number): boolean =>
  frameOf(a, kept) === frameOf(b, kept);

/** Steps from this one to the next frame, 1 or more. */
export const stepsUntilFrame = (step: number, kept: number): number =>
  kept > 0 ? frameOf(step + 1, kept) - step : Infinity;
