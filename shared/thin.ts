/**
 * The one rule that limits the points of a run's curves. It depends only on a step's number, not on the clock or the run's length, so that
 * the same run has the same curve on any machine, during training, after a reload and after a restart.
 */

/**
 * Up to this step, each step is a point of its own; from here on, each doubling doubles the number of steps that share a point. A power of
 * two.
 */
export const STEPS_KEPT = 4_096;

/** How many steps share a point at `step`: a power of two. 360,000 steps make 17,000 points, and twice as many only 2,048 more. */
function strideAt(step: number, resolution: number): number {
  let stride = 1;
  while (step > resolution * stride) stride *= 2;
  return stride;
}

/** The last of the steps that share a point with `step`. */
function pointOf(step: number, resolution: number): number {
  const stride = strideAt(step, resolution);
  return Math.ceil(step / stride) * stride;
}

/**
 * Whether a step is reported and recorded. These are the steps that `thinBySteps` keeps, so that it removes nothing of what is recorded.
 */
export const isReportedStep = (step: number): boolean => pointOf(step, STEPS_KEPT) === step;

/** Whether two steps share a point. */
export const sharePoint = (a: number, b: number, resolution = STEPS_KEPT): boolean =>
  pointOf(a, resolution) === pointOf(b, resolution);

/**
 * Adds a point to those kept so far; of points that share a place, the last is kept.
 * @param kept in the order of their steps; the array is changed
 * @param point whose step comes after all of them
 * @param stepOf the number by which points are thinned
 */
export function addThinned<Point>(
  kept: Point[],
  point: Point,
  stepOf: (point: Point) => number,
): void {
  const last = kept.at(-1);
  if (last !== undefined && sharePoint(stepOf(last), stepOf(point))) kept.pop();
  kept.push(point);
}

/**
 * Selects the points to keep, whatever was thinned before. Runs of earlier versions were recorded by the clock and have more points.
 * @param points in the order of their steps
 * @param stepOf the number by which they are thinned
 */
export function thinBySteps<Point>(
  points: readonly Point[],
  stepOf: (point: Point) => number,
): Point[] {
  const kept: Point[] = [];
  for (const point of points) addThinned(kept, point, stepOf);
  return kept;
}
