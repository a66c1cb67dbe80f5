import { rasterizeStrokes } from './rasterize.ts';
import { extentOf, placesOf, type Point, type Stroke } from './strokes.ts';

/**
 * A drawing as MNIST's makers prepared theirs (LeCun, Cortes, Burges, "The MNIST database", yann.lecun.com/exdb/mnist):
 * scaled with its aspect kept into a box of 20×20, antialiased, and laid into 28×28 with its centre of mass in the middle.
 * A drawing is lines, not ink: these are scaled and then drawn with a pen of MNIST's own, however thick they were drawn.
 */

export const DIGIT_SIZE = 28;
const BOX = 20;
/** As MNIST's digits: the mean ink of a digit, its width and the share of grey in it (test/unit/shared/mnist-pen.test.ts). */
export const MNIST_PEN = { width: 2.5, softness: 1 };
/** MNIST's centres of mass lie between 14 and 15, in the middle of a pixel right and below of the picture's (same test). */
const CENTRE = DIGIT_SIZE / 2 + 0.5;

const picture = { width: DIGIT_SIZE, height: DIGIT_SIZE };

/** Strokes as 28×28 bytes, 0 background, 255 ink, row by row; null where no point was drawn. */
export function toDigit(drawn: readonly Stroke[]): Uint8Array | null {
  const strokes = placesOf(drawn);
  if (strokes.length === 0) return null;
  const { left, top, width, height } = extentOf(strokes);
  const longer = Math.max(width, height);
  const scale = longer === 0 ? 0 : (BOX - MNIST_PEN.width) / longer;
  const middle = { x: left + width / 2, y: top + height / 2 };
  const drawnAt = (centre: Point): Float32Array => {
    const placed = strokes.map((stroke) =>
      stroke.map(({ x, y }) => ({
        x: (x - middle.x) * scale + centre.x,
        y: (y - middle.y) * scale + centre.y,
      })),
    );
    return rasterizeStrokes(placed, MNIST_PEN, picture);
  };
  const first = { x: DIGIT_SIZE / 2, y: DIGIT_SIZE / 2 };
  const mass = centreOfMass(drawnAt(first));
  const ink = drawnAt({
    x: first.x + shiftPixels(mass.x, width * scale),
    y: first.y + shiftPixels(mass.y, height * scale),
  });
  return Uint8Array.from(ink, (value) => Math.round(value * 255));
}

function centreOfMass(ink: Float32Array): Point {
  let [mass, x, y] = [0, 0, 0];
  ink.forEach((value, index) => {
    mass += value;
    x += value * ((index % DIGIT_SIZE) + 0.5);
    y += value * (Math.floor(index / DIGIT_SIZE) + 0.5);
  });
  return { x: x / mass, y: y / mass };
}

/** How far to move lines of this size for their mass to be in the centre; a very lopsided drawing is kept whole rather than cut. */
function shiftPixels(massAt: number, size: number): number {
  const room = (DIGIT_SIZE - size - MNIST_PEN.width - MNIST_PEN.softness) / 2;
  return Math.max(-room, Math.min(CENTRE - massAt, room));
}
