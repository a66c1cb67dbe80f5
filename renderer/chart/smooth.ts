/** A point of a curve: `x` is the step. */
export interface CurvePoint {
  x: number;
  y: number;
  epoch: number;
}

/** In steps, how far back the smoothed line remembers at first. */
const LEAST_MEMORY = 6;
/** And later, as a share of the steps so far: of a line that fills a screen some tens of pixels, however long the run is. */
const MEMORY_SHARE = 1 / 64;

/**
 * The exponential moving average by the distance in steps, not by the count of points: a point stands for all the steps since the
 * one before, so that curves of which fewer steps are kept are smoothed alike. Divided by the weight so far, so that the start is not
 * drawn towards zero. How far it remembers depends on the step alone: what is drawn already does not change as the run goes on.
 * As Weights & Biases' "time weighted EMA", but for that its memory is a share of the whole curve.
 * @param points in the order of their steps
 * @returns as many points, at the same steps
 */
export function smoothBySteps(points: readonly CurvePoint[]): CurvePoint[] {
  let mean = 0;
  let weight = 0;
  let before: number | null = null;
  return points.map(({ x, y, epoch }) => {
    const memory = Math.max(LEAST_MEMORY, x * MEMORY_SHARE);
    // The first stands for one step, however late a curve begins.
    const past = Math.exp(-(before === null ? 1 : x - before) / memory);
    mean = past * mean + (1 - past) * y;
    weight = past * weight + (1 - past);
    before = x;
    return { x, y: mean / weight, epoch };
  });
}
