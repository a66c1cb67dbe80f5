/** A drawing as the path of the pen. A stroke of one point is a dot. */

export interface Point {
  x: number;
  y: number;
}
export type Stroke = readonly Point[];

/** Side of the square in which a person draws: strokes are in units of a 280th of it. */
export const PAD = 280;

/** No screen has a place further from the pad's corner. */
const FURTHEST = 100 * PAD;

const isPlace = ({ x, y }: Point): boolean => Math.abs(x) <= FURTHEST && Math.abs(y) <= FURTHEST;

/**
 * Removes points that are not numbers or far off any screen, and strokes without other points. Points beyond the pad's edge are kept, since
 * a pen that is down may leave the pad.
 */
export const placesOf = (strokes: readonly Stroke[]): Stroke[] =>
  strokes.map((stroke) => stroke.filter(isPlace)).filter((stroke) => stroke.length > 0);

/** The area in which the pen's middle has been. */
export interface Extent {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Extent of at least one point. */
export function extentOf(strokes: readonly Stroke[]): Extent {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const stroke of strokes)
    for (const { x, y } of stroke) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  return { left, top, width: right - left, height: bottom - top };
}
