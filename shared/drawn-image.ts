import { lookingLike, usualAppearance, withChannels, type Images } from './appearance.ts';
import { rasterizeStrokes } from './rasterize.ts';
import { extentOf, placesOf, type Point, type Stroke } from './strokes.ts';

/**
 * Prepares a drawing as MNIST's makers prepared their digits (LeCun, Cortes, Burges, "The MNIST database", yann.lecun.com/exdb/mnist):
 * scaled with its aspect ratio into a box of 20×20, antialiased, and placed into 28×28 with its centre of mass in the middle. A drawing
 * consists of lines, not ink: the lines are scaled and then drawn with a pen like MNIST's, however thick they were drawn. For images of
 * other sizes, the same is drawn larger or smaller, into the middle square of the image.
 */

/** Pixels to a side of MNIST's images: the unit of all lengths below. */
const MNIST_SIDE = 28;
const BOX = 20;
/**
 * A pen like that of MNIST's digits: with the mean ink of a digit, its width and its share of grey (test/unit/shared/mnist-pen.test.ts).
 */
export const MNIST_PEN = { width: 2.5, softness: 1 };
/** MNIST's centres of mass lie between 14 and 15, in the middle of the pixel below and to the right of the image's middle (same test). */
const CENTRE = MNIST_SIDE / 2 + 0.5;
/** Images with a smaller side cannot show what was drawn. */
export const LEAST_DRAWN_SIDE = 8;

/** The form of image that a drawing is made into: that of a network's images, without their classes. */
export type DrawnForm = Omit<Images, 'classNames'>;

/** The form of MNIST's images, if no network says otherwise. */
export const usualForm: DrawnForm = {
  height: MNIST_SIDE,
  width: MNIST_SIDE,
  channels: 1,
  appearance: usualAppearance,
};

/**
 * Makes an image for a network of a drawing, with all channels alike.
 * @returns bytes [height, width, channels], usually 0 for background and 255 for ink; null if no point was drawn
 */
export function drawnImage(
  drawn: readonly Stroke[],
  { height, width, channels, appearance }: DrawnForm,
): Uint8Array | null {
  const strokes = placesOf(drawn);
  if (strokes.length === 0) return null;
  const upright = appearance.transposed ? { height: width, width: height } : { height, width };
  const ink = inkInMiddle(placedLikeMnist(strokes), upright);
  return withChannels(lookingLike(ink, upright, appearance), channels);
}

/** Places strokes in a square of MNIST_SIDE, with their ink's centre of mass in its middle. */
function placedLikeMnist(strokes: readonly Stroke[]): Stroke[] {
  const { left, top, width, height } = extentOf(strokes);
  const longer = Math.max(width, height);
  const scale = longer === 0 ? 0 : (BOX - MNIST_PEN.width) / longer;
  const middle = { x: left + width / 2, y: top + height / 2 };
  const placedAt = (centre: Point): Stroke[] =>
    strokes.map((stroke) =>
      stroke.map(({ x, y }) => ({
        x: (x - middle.x) * scale + centre.x,
        y: (y - middle.y) * scale + centre.y,
      })),
    );
  const first = { x: MNIST_SIDE / 2, y: MNIST_SIDE / 2 };
  const mass = centreOfMass(inkOf(placedAt(first), MNIST_SIDE));
  return placedAt({
    x: first.x + shiftPixels(mass.x, width * scale),
    y: first.y + shiftPixels(mass.y, height * scale),
  });
}

/**
 * @param strokes in a square of MNIST_SIDE
 * @returns ink [side, side], 0 none to 1 full
 */
function inkOf(strokes: readonly Stroke[], side: number): Float32Array {
  const scale = side / MNIST_SIDE;
  const scaled = strokes.map((stroke) =>
    stroke.map(({ x, y }) => ({ x: x * scale, y: y * scale })),
  );
  // Edges are soft over one pixel at every size, as antialiasing makes them.
  const pen = { width: MNIST_PEN.width * scale, softness: MNIST_PEN.softness };
  return rasterizeStrokes(scaled, pen, { width: side, height: side });
}

/** @returns bytes [height, width] */
function inkInMiddle(
  strokes: readonly Stroke[],
  { height, width }: { height: number; width: number },
): Uint8Array {
  const side = Math.min(height, width);
  const [top, left] = [Math.floor((height - side) / 2), Math.floor((width - side) / 2)];
  const image = new Uint8Array(height * width);
  const square = inkOf(strokes, side).map((value) => Math.round(value * 255));
  for (let row = 0; row < side; row++)
    image.set(square.subarray(row * side, (row + 1) * side), (top + row) * width + left);
  return image;
}

/** @param ink [MNIST_SIDE, MNIST_SIDE] */
function centreOfMass(ink: Float32Array): Point {
  let [mass, x, y] = [0, 0, 0];
  ink.forEach((value, index) => {
    mass += value;
    x += value * ((index % MNIST_SIDE) + 0.5);
    y += value * (Math.floor(index / MNIST_SIDE) + 0.5);
  });
  return { x: x / mass, y: y / mass };
}

/** How far to move lines of this size so that their mass is centred; a very lopsided drawing is kept whole rather than cut off. */
function shiftPixels(massAt: number, size: number): number {
  const room = (MNIST_SIDE - size - MNIST_PEN.width - MNIST_PEN.softness) / 2;
  return Math.max(-room, Math.min(CENTRE - massAt, room));
}
