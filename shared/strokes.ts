/** A drawing as the pen went. A stroke of one point is a dot. */

export interface Point {
  x: number;
  y: number;
}
export type Stroke = readonly Point[];

/** Side of the square that is drawn in: the unit of strokes is a 280th of it. */
export const PAD = 280;

/** Further from the pad's corner is no place on a screen. */
const FURTHEST = 100 * PAD;

const isPlace = ({ x, y }: Point): boolean => Math.abs(x) <= FURTHEST && Math.abs(y) <= FURTHEST;

/**
 * The strokes without points that are no numbers or far off any screen, and without strokes that have no other. What was
 * drawn beyond the pad's edge stays: a pen that is down goes on there.
 */
export const placesOf = (strokes: readonly Stroke[]): Stroke[] =>
  strokes.map((stroke) => stroke.filter(isPlace)).filter((stroke) => stroke.length > 0);

/** Where the pen's middle has been. */
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
