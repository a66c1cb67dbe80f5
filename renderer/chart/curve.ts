import { smoothBySteps, type CurvePoint } from './smooth.ts';

/** What a chart draws of one quantity. */
export interface CurveLines {
  /** Of each stretch of steps the least and the greatest value, in their order. */
  raw: CurvePoint[];
  /** Of each stretch the end. */
  smooth: CurvePoint[];
  /** By epoch. */
  validation: CurvePoint[];
}

/** As many stretches as a screen can show. */
const MOST = 800;

/**
 * The lines of a curve, drawn as fast after an hour as in the first minute: where there are more points than can be seen, peaks stay,
 * and the smoothed line is that of all points. It is a function of the points alone, however they came.
 * @param points in the order of their steps, the first of which is at least 1
 * @param validation by epoch, drawn as it is
 * @param most stretches that are drawn
 */
export function linesOf(
  points: readonly CurvePoint[],
  validation: CurvePoint[],
  most = MOST,
): CurveLines {
  const stretches = drawnStretches(points, most);
  return {
    raw: stretches.flatMap((stretch) => leastAndGreatest(stretch)),
    smooth: endsOf(smoothBySteps(points), stretches),
    validation,
  };
}

/** The points that are drawn as one: those of so many steps, a power of two. */
function drawnStretches(points: readonly CurvePoint[], most: number): CurvePoint[][] {
  let steps = 1;
  while ((points.at(-1)?.x ?? 0) > steps * most) steps *= 2;
  const stretches: CurvePoint[][] = [];
  let end = 0;
  for (const point of points) {
    if (point.x > end) stretches.push([]);
    stretches.at(-1)?.push(point);
    end = Math.ceil(point.x / steps) * steps;
  }
  return stretches;
}

function leastAndGreatest(stretch: readonly CurvePoint[]): CurvePoint[] {
  const [first, ...others] = stretch;
  if (!first) return [];
  let [least, greatest] = [first, first];
  for (const point of others) {
    if (point.y < least.y) least = point;
    if (point.y > greatest.y) greatest = point;
  }
  return least.x <= greatest.x ? [least, greatest] : [greatest, least];
}

/** Of as many points as the stretches have together, the last of each. */
function endsOf(points: readonly CurvePoint[], stretches: readonly CurvePoint[][]): CurvePoint[] {
  let count = 0;
  return stretches.flatMap((stretch) => {
    count += stretch.length;
    return points.slice(count - 1, count);
  });
}
