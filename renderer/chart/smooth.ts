import type { SmoothingMemory } from '../../shared/curve-view.ts';

/** In steps, how far back the smoothed line remembers at first. */
const LEAST_MEMORY = 6;
/** And later, as a share of the steps so far: of a line that fills a screen some tens of pixels, however long the run is. */
const MEMORY_SHARE = 1 / 64;

/**
 * The exponential moving average by the distance in steps, not by the count of points: a point stands for all the steps since the
 * one before, so that curves of which fewer steps are kept are smoothed alike. Divided by the weight so far, so that the start is not
 * drawn towards zero. How far it remembers depends on the step alone: what is drawn already does not change as the run goes on.
 * As Weights & Biases' "time weighted EMA".
 * @param steps of the points, in their order
 * @param values at those steps
 * @param memory in steps; 0: the values as they are
 * @returns as many values
 */
export function smoothBySteps(
  steps: Float64Array,
  values: Float64Array,
  memory: SmoothingMemory = 'automatic',
): Float64Array {
  if (memory === 0) return values;
  const smoothed = new Float64Array(values.length);
  let mean = 0;
  let weight = 0;
  let before: number | null = null;
  for (const [index, step] of steps.entries()) {
    const steps = memory === 'automatic' ? Math.max(LEAST_MEMORY, step * MEMORY_SHARE) : memory;
    // The first stands for one step, however late a curve begins.
    const past = Math.exp(-(before === null ? 1 : step - before) / steps);
    mean = past * mean + (1 - past) * (values[index] ?? NaN);
    weight = past * weight + (1 - past);
    before = step;
    smoothed[index] = mean / weight;
  }
  return smoothed;
}
