import { firstAtLeast } from './first-at-least.ts';
import type { CurveData } from './curve.ts';
import type { ExtraLine } from './extra-line.ts';

/** What is read at a point of a curve. */
export interface ReadOut {
  step: number;
  /** Counted from 1. */
  epoch: number;
  /** Of this step's batch; null: the run has no steps. */
  batch: number | null;
  smoothed: number | null;
  /** Of the last epoch that was validated by then; null: none was. */
  validation: number | null;
}

/** The point that is nearest to a step; null: there is none. */
function nearestIndex(steps: Float64Array, step: number): number | null {
  const after = firstAtLeast(steps, step);
  const [a, b] = [steps[after - 1], steps[after]];
  if (a === undefined) return b === undefined ? null : after;
  return b !== undefined && b - step < step - a ? after : after - 1;
}

/** @param step null: the newest */
export function readOutAt(data: CurveData, step: number | null): ReadOut | null {
  const { steps, epochs, values, smoothed, validation } = data;
  const at = step ?? Math.max(steps.at(-1) ?? 0, validation.at(-1)?.x ?? 0);
  const validated = validation.findLast(({ x }) => x <= at);
  const index = nearestIndex(steps, at);
  if (index === null && !validated) return null;
  return {
    step: at,
    epoch: index === null ? (validated?.epoch ?? 1) : (epochs[index] ?? 1),
    batch: index === null ? null : (values[index] ?? null),
    smoothed: index === null ? null : (smoothed[index] ?? null),
    validation: validated?.y ?? null,
  };
}

/** What a line that is laid over says at a step: its last point by then; null: it begins later. */
export const extraAt = ({ points }: ExtraLine, step: number): number | null =>
  points[
    firstAtLeast(
      points.map(({ x }) => x),
      step + 0.5,
    ) - 1
  ]?.y ?? null;

/**
 * The step that a pointer or a key means: of what is drawn, the nearest, and a validation before all else where it is close.
 * @param reach in steps, within which a validation counts as pointed at
 */
export function pointedStep(
  { steps, validation }: CurveData,
  step: number,
  reach: number,
): number | null {
  const validated = validation.find(({ x }) => Math.abs(x - step) <= reach);
  if (validated) return validated.x;
  const index = nearestIndex(steps, step);
  return index === null ? null : (steps[index] ?? null);
}
