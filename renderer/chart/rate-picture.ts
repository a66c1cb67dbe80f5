import type { RateCurve } from '../../shared/rate-curve.ts';

/** The learning rate over a run as lines of an SVG, which is stretched to the room there is. */

export interface RatePicture {
  width: number;
  height: number;
  /** The curve, as an SVG path. */
  path: string;
  /** The rate at the upper edge; the lower one is 0. */
  most: number;
  /** Where epochs end: of many epochs each so many. */
  epochs: number[];
  /** Steps to be named below it, at a share of the width; the first and the last are always among them. */
  ticks: { step: number; share: number }[];
}

const [WIDTH, HEIGHT] = [600, 100];
const MOST_EPOCHS = 30;
const MOST_TICKS = 3;
/** A label nearer to the end than this share would lie on that of the last step. */
const LAST_ROOM = 0.14;

export function drawRateCurve({ points, peak, totalSteps, stepsPerEpoch }: RateCurve): RatePicture {
  const x = (step: number): number => round((step / totalSteps) * WIDTH);
  const y = (rate: number): number => round(HEIGHT * (1 - rate / peak.rate));
  const path = points.map(({ step, rate }) => `${x(step)} ${y(rate)}`).join('L');
  const inside = Math.ceil(totalSteps / stepsPerEpoch) - 1;
  const ends = (most: number): number[] => {
    const every = Math.max(1, Math.ceil(inside / most));
    return Array.from(
      { length: Math.floor(inside / every) },
      (_, k) => (k + 1) * every * stepsPerEpoch,
    );
  };
  const between = ends(MOST_TICKS).filter((step) => step / totalSteps < 1 - LAST_ROOM);
  return {
    width: WIDTH,
    height: HEIGHT,
    // A run of one step has a line too.
    path: `M${points.length === 1 ? `0 ${y(peak.rate)}L` : ''}${path}`,
    most: peak.rate,
    epochs: ends(MOST_EPOCHS).map(x),
    ticks: [0, ...between, totalSteps].map((step) => ({ step, share: step / totalSteps })),
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;
