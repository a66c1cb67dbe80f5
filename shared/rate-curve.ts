import type { RunConfig } from './config.ts';
import { scheduledRate } from './rate-schedule.ts';

/** The learning rate over a whole run, from its first step to its last, by its settings at the beginning. */

/** A step, counted from 1, and its rate. */
export interface RatePoint {
  step: number;
  rate: number;
}

export interface RateCurve {
  /** Points that straight lines join to the curve; they include the first step, the last and each jump. */
  points: RatePoint[];
  totalSteps: number;
  stepsPerEpoch: number;
  /** The first of the highest points. */
  peak: RatePoint;
  end: RatePoint;
}

/** Most points of a curve: as many as a screen can show. */
const MOST_POINTS = 600;

/** Number of steps of a whole run that begins afresh. */
export const totalStepsOf = ({ training }: RunConfig, stepsPerEpoch: number): number =>
  Math.min(training.epochs * stepsPerEpoch, training.maxSteps ?? Infinity);

/**
 * The rate of each step of a run that begins afresh, without reductions on plateaus, which are not known in advance.
 * @param stepsPerEpoch at least 1
 */
export function rateCurve(config: RunConfig, stepsPerEpoch: number): RateCurve {
  const totalSteps = totalStepsOf(config, stepsPerEpoch);
  const rateAt = ratesOf(config, stepsPerEpoch, totalSteps);
  const points = drawnSteps(config, stepsPerEpoch, totalSteps).map((step) => ({
    step,
    rate: rateAt(step),
  }));
  const [first = { step: 1, rate: 0 }] = points;
  const peak = points.reduce((best, point) => (point.rate > best.rate ? point : best), first);
  return { points, totalSteps, stepsPerEpoch, peak, end: points.at(-1) ?? first };
}

/** Returns the rate of a step, counted from 1. */
const ratesOf =
  ({ optimizer }: RunConfig, stepsPerEpoch: number, scheduleSteps: number) =>
  (step: number): number =>
    scheduledRate(optimizer, {
      step: step - 1,
      scheduleStep: step - 1,
      stepsPerEpoch,
      scheduleSteps,
    });

/** Most rows of the table. */
const MOST_ROWS = 40;

/** The rate at the first step of each epoch, or of every nth epoch if there are more than the table should have. */
export function ratesByEpoch(
  config: RunConfig,
  { totalSteps, stepsPerEpoch }: RateCurve,
): (RatePoint & { epoch: number })[] {
  const epochs = Math.ceil(totalSteps / stepsPerEpoch);
  const every = Math.ceil(epochs / MOST_ROWS);
  const rateAt = ratesOf(config, stepsPerEpoch, totalSteps);
  return Array.from({ length: Math.ceil(epochs / every) }, (_, k) => {
    const step = k * every * stepsPerEpoch + 1;
    return { epoch: k * every + 1, step, rate: rateAt(step) };
  });
}

/** Steps to draw, ascending: evenly spaced ones, and those at which the curve turns or jumps. */
function drawnSteps(
  { optimizer: { schedule, warmUpSteps } }: RunConfig,
  stepsPerEpoch: number,
  totalSteps: number,
): number[] {
  const count = Math.min(totalSteps, MOST_POINTS);
  const even = Array.from({ length: count }, (_, k) =>
    count === 1 ? 1 : 1 + Math.round((k * (totalSteps - 1)) / (count - 1)),
  );
  const turns = [warmUpSteps, warmUpSteps + 1];
  if (schedule.type === 'one-cycle') turns.push(...around(schedule.peakAt * (totalSteps - 1)));
  if (schedule.type === 'step') {
    const between = schedule.everyEpochs * stepsPerEpoch;
    // More jumps than points cannot be distinguished.
    const jumps = Math.min(Math.floor((totalSteps - 1) / between), MOST_POINTS);
    for (let k = 1; k <= jumps; k++) turns.push(k * between, k * between + 1);
  }
  const inside = turns.filter((step) => step >= 1 && step <= totalSteps);
  return [...new Set([...even, ...inside])].sort((a, b) => a - b);
}

/** The steps, counted from 1, on both sides of the moment at which `done` steps are done. */
const around = (done: number): [number, number] => [Math.floor(done) + 1, Math.ceil(done) + 1];
