import type { Point, Stroke } from './strokes.ts';

/** A round pen. Its edge fades from ink to paper over `softness`, half of it on either side of `width`. Both are in pixels. */
export interface Pen {
  width: number;
  softness: number;
}

/** A point closer to the one before than this share of the pen's width makes no visible difference. */
const SHORTEST = 0.1;

const clipByte = (value: number, most: number): number => Math.max(0, Math.min(value, most));

/**
 * Draws strokes with one pen. Their points are in pixels, with (0, 0) at the upper left corner of the first pixel.
 * @returns ink row by row [height × width], from 0 for none to 1 for full, by the distance of a pixel's middle from the line
 */
export function rasterizeStrokes(
  strokes: readonly Stroke[],
  pen: Pen,
  { width, height }: { width: number; height: number },
): Float32Array {
  const reach = (pen.width + pen.softness) / 2;
  const shortest = SHORTEST * pen.width;
  /** Squared distance from the line, at most reach². */
  const squares = new Float32Array(width * height).fill(reach ** 2);

  const draw = (a: Point, b: Point): void => {
    const dx = b.x - a.x;
    const dy = b.y - a.y;
    const length = dx * dx + dy * dy;
    const left = clipByte(Math.floor(Math.min(a.x, b.x) - reach), width);
    const right = clipByte(Math.ceil(Math.max(a.x, b.x) + reach), width);
    const top = clipByte(Math.floor(Math.min(a.y, b.y) - reach), height);
    const bottom = clipByte(Math.ceil(Math.max(a.y, b.y) + reach), height);
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) {
        const px = x + 0.5 - a.x;
        const py = y + 0.5 - a.y;
        const along = length === 0 ? 0 : clipByte((px * dx + py * dy) / length, 1);
        const square = (px - along * dx) ** 2 + (py - along * dy) ** 2;
        const index = y * width + x;
        if (square < (squares[index] ?? 0)) squares[index] = square;
      }
  };

  for (const stroke of strokes) {
    let before = stroke[0];
    if (before === undefined) continue;
    draw(before, before);
    for (const [index, point] of stroke.entries()) {
      const isLast = index === stroke.length - 1;
      if (!isLast && Math.hypot(point.x - before.x, point.y - before.y) < shortest) continue;
      draw(before, point);
      before = point;
    }
  }
  return squares.map((square) => clipByte((reach - Math.sqrt(square)) / pen.softness, 1));
}
