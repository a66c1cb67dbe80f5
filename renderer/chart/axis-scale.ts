import type { CurveAxis } from '../../shared/curve-view.ts';
import type { EpochEvent } from '../../shared/trainer-events.ts';
import { firstAtLeast } from './first-at-least.ts';
import type { MarkedBranchEvent } from './note-marks.ts';

/** What an axis says of a step: itself, the epochs that were done by then, or the seconds of training. */
export interface AxisScale {
  readonly axis: CurveAxis;
  valueAt(step: number): number;
  stepAt(value: number): number;
}

/** Steps and what they are on the axis, both ascending from 0. */
interface Knots {
  steps: number[];
  values: number[];
}

export const stepScale: AxisScale = {
  axis: 'steps',
  valueAt: (step) => step,
  stepAt: (value) => value,
};

/** What there is to know of a run's epochs and time. */
export interface RunTimes {
  epochs: readonly EpochEvent[];
  /** Null: it is not known. */
  stepsPerEpoch: number | null;
  events: readonly MarkedBranchEvent[];
}

/** @returns null where what the axis counts was not recorded */
export function axisScaleOf(axis: CurveAxis, times: RunTimes): AxisScale | null {
  switch (axis) {
    case 'steps':
      return stepScale;
    case 'epochs':
      return epochScaleOf(times);
    case 'time':
      return timeScaleOf(times.events);
  }
}

/** Between the ends of two epochs a step counts as its share; the epoch under way is as long as the last, or as it is known to be. */
function epochScaleOf({ epochs, stepsPerEpoch }: RunTimes): AxisScale | null {
  const knots: Knots = { steps: [0], values: [0] };
  for (const { step, epoch } of epochs) addKnot(knots, step, epoch);
  const length = epochs.at(-1)?.batches ?? stepsPerEpoch;
  if (length === null || length <= 0) return null;
  return interpolated('epochs', knots, 1 / length);
}

/** Between the steps after which the time was told it goes evenly; after the last as before it. */
function timeScaleOf(events: readonly MarkedBranchEvent[]): AxisScale | null {
  const knots: Knots = { steps: [0], values: [0] };
  let offset = 0;
  let last = 0;
  for (const { event } of events) {
    if (event.type !== 'clock') continue;
    // A run that began with an earlier version, which knew no time, counts from nought where it went on.
    if (event.seconds < last) offset += last;
    last = event.seconds;
    addKnot(knots, event.step, event.seconds + offset);
  }
  const { steps, values } = knots;
  const count = steps.length;
  if (count < 2) return null;
  // The first step takes longer, and says little of those after it.
  const from = count > 3 ? Math.floor(count / 2) : count - 2;
  const slope =
    ((values[count - 1] ?? 0) - (values[from] ?? 0)) /
    ((steps[count - 1] ?? 1) - (steps[from] ?? 0));
  return interpolated('time', knots, slope);
}

function addKnot({ steps, values }: Knots, step: number, value: number): void {
  if (step <= (steps.at(-1) ?? 0) || value <= (values.at(-1) ?? 0)) return;
  steps.push(step);
  values.push(value);
}

/** @param slope after the last of the knots, a step */
function interpolated(axis: CurveAxis, { steps, values }: Knots, slope: number): AxisScale {
  return {
    axis,
    valueAt: (step) => between(steps, values, step, slope),
    stepAt: (value) => between(values, steps, value, 1 / slope),
  };
}

function between(from: number[], to: number[], at: number, slope: number): number {
  const after = firstAtLeast(from, at);
  if (after === 0) return at;
  const [a, x] = [from[after - 1] ?? 0, to[after - 1] ?? 0];
  const [b, y] = [from[after], to[after]];
  if (b === undefined || y === undefined) return x + (at - a) * slope;
  return x + ((at - a) / (b - a)) * (y - x);
}
