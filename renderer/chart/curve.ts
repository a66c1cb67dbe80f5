import type { CurveRange } from '../../shared/curve-view.ts';
import { firstAtLeast } from './first-at-least.ts';

/** A point of a curve: `x` is the step. */
export interface CurvePoint {
  x: number;
  y: number;
}

/** A curve's points as they were measured. */
export interface CurveData {
  /** In their order; the first is at least 1. */
  steps: Float64Array;
  /** Of each point, counted from 1. */
  epochs: Float64Array;
  values: Float64Array;
  /** The same, smoothed; the very same column where it is not to be. */
  smoothed: Float64Array;
  /** By epoch. */
  validation: readonly (CurvePoint & { epoch: number })[];
}

/** What a chart draws of one quantity. */
export interface CurveLines {
  /** Of each stretch of steps the least value and the greatest, at its middle. Empty where single points can be told apart. */
  band: { low: CurvePoint[]; high: CurvePoint[] };
  /** Of each stretch of steps the least and the greatest value, in their order. */
  raw: CurvePoint[];
  /** Of each stretch the end. */
  smooth: CurvePoint[];
  validation: readonly CurvePoint[];
}

/** As many stretches of a line as most screens can show. */
const MOST = 800;
/** Of the band: so many that its edges are no line of their own. */
const MOST_OF_BAND = 200;
/** Of the validation: so many that its points can be told apart. */
const MOST_OF_VALIDATION = 60;

/**
 * The lines of a curve in a part of it, drawn as fast after ten hours as in the first minute: where there are more points than can be
 * seen, peaks stay, and the smoothed line is that of all points. What is drawn is a function of the points and the part alone; a
 * closer look shows every point that was measured.
 * @param shown the steps that are seen; a line goes on to the next point beyond them
 * @param most stretches that are drawn: a plot shows no more than it has pixels from left to right; two or more
 */
export function linesOf(
  { steps, values, smoothed, validation }: CurveData,
  shown: CurveRange,
  most = MOST,
): CurveLines {
  const stretches = stretchesOf(steps, shown, most);
  const raw: CurvePoint[] = [];
  const smooth: CurvePoint[] = [];
  for (const { from, to } of stretches) {
    const { low, high } = extremesOf(values, from, to);
    raw.push(pointAt(steps, values, Math.min(low, high)));
    if (low !== high) raw.push(pointAt(steps, values, Math.max(low, high)));
    smooth.push(pointAt(steps, smoothed, to - 1));
  }
  const seen = seenOf(validation, shown);
  const wide = stretchesOf(steps, shown, Math.min(most, MOST_OF_BAND));
  const band = bandOf(steps, values, wide);
  // What is not smoothed is drawn with its peaks.
  if (smoothed === values) return { band, raw: [], smooth: raw, validation: seen };
  return { band, raw, smooth, validation: seen };
}

/** Validations that are seen, and the next one beyond each edge; of more than have room, the least and the greatest of each stretch. */
function seenOf(validation: readonly CurvePoint[], shown: CurveRange): CurvePoint[] {
  const steps = Float64Array.from(validation, ({ x }) => x);
  const stretches = stretchesOf(steps, shown, MOST_OF_VALIDATION);
  const first = stretches[0]?.from ?? 0;
  const end = stretches.at(-1)?.to ?? 0;
  if (end - first <= MOST_OF_VALIDATION) return validation.slice(first, end);
  const values = Float64Array.from(validation, ({ y }) => y);
  return stretches.flatMap(({ from, to }) => {
    const { low, high } = extremesOf(values, from, to);
    const [a, b] = [Math.min(low, high), Math.max(low, high)];
    return validation.slice(a, a + 1).concat(a === b ? [] : validation.slice(b, b + 1));
  });
}

/** Empty where a stretch is hardly more than a point. */
function bandOf(
  steps: Float64Array,
  values: Float64Array,
  stretches: readonly Stretch[],
): CurveLines['band'] {
  const band: CurveLines['band'] = { low: [], high: [] };
  const points = (stretches.at(-1)?.to ?? 0) - (stretches[0]?.from ?? 0);
  if (points <= stretches.length) return band;
  for (const { from, to } of stretches) {
    const { low, high } = extremesOf(values, from, to);
    const x = ((steps[from] ?? NaN) + (steps[to - 1] ?? NaN)) / 2;
    band.low.push({ x, y: values[low] ?? NaN });
    band.high.push({ x, y: values[high] ?? NaN });
  }
  return band;
}

const pointAt = (steps: Float64Array, values: Float64Array, index: number): CurvePoint => ({
  x: steps[index] ?? NaN,
  y: values[index] ?? NaN,
});

/**
 * How many steps are drawn as one: a power of two, so that stretches stay where they are while a run grows or is moved. Those at the edges
 * may be seen in part, so that there is one more than has room side by side.
 */
function stretchLength({ from, to }: CurveRange, most: number): number {
  const whole = Math.max(most - 1, 1);
  let length = 1;
  while (to - from > length * whole) length *= 2;
  return length;
}

/** Points that are drawn as one, by index. */
interface Stretch {
  from: number;
  /** Behind the last. */
  to: number;
}

/** Of the points that are seen; at each edge the next one beyond is a stretch of its own, to which the line goes on. */
function stretchesOf(steps: Float64Array, shown: CurveRange, most: number): Stretch[] {
  const length = stretchLength(shown, most);
  const first = firstAtLeast(steps, shown.from);
  const stretches: Stretch[] = first > 0 ? [{ from: first - 1, to: first }] : [];
  let at = -1;
  let open: Stretch | null = null;
  for (let index = first; index < steps.length; index += 1) {
    const step = steps[index] ?? 0;
    const stretch = step > shown.to ? Infinity : Math.ceil(step / length);
    if (open === null || stretch !== at) {
      open = { from: index, to: index };
      stretches.push(open);
    }
    at = stretch;
    open.to = index + 1;
    if (step > shown.to) break;
  }
  return stretches;
}

/** Where the least value and the greatest are, by index. */
function extremesOf(values: Float64Array, from: number, to: number): { low: number; high: number } {
  let [low, high] = [from, from];
  for (let index = from + 1; index < to; index += 1) {
    const value = values[index] ?? NaN;
    if (value < (values[low] ?? NaN)) low = index;
    if (value > (values[high] ?? NaN)) high = index;
  }
  return { low, high };
}
