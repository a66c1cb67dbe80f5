import { lookingLike, usualAppearance, withChannels, type Images } from './appearance.ts';
import { rasterizeStrokes } from './rasterize.ts';
import { extentOf, PAD, placesOf, type Extent, type Point, type Stroke } from './strokes.ts';

/**
 * Prepares a drawing as MNIST's makers prepared their digits (LeCun, Cortes, Burges, "The MNIST database", yann.lecun.com/exdb/mnist):
 * scaled with its aspect ratio into a box of 20×20, antialiased, and placed into 28×28 with its centre of mass in the middle. A drawing
 * consists of lines, not ink: the lines are scaled and then drawn with a pen like MNIST's, however thick they were drawn. For images of
 * other sizes, the same is drawn larger or smaller, into the middle square of the image.
 */

/** Pixels to a side of MNIST's images: the unit of all lengths below. */
export const MNIST_SIDE = 28;
export const BOX = 20;
const wholePad: Extent = { left: 0, top: 0, width: PAD, height: PAD };
/**
 * A pen like that of MNIST's digits: with the mean ink of a digit, its width and its share of grey (test/unit/shared/mnist-pen.test.ts).
 */
export const MNIST_PEN = { width: 2.5, softness: 1 };
/** MNIST's centres of mass lie between 14 and 15, in the middle of the pixel below and to the right of the image's middle (same test). */
export const CENTRE = MNIST_SIDE / 2 + 0.5;
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

/** Which steps are taken on the way from strokes to an image; a network is asked with all of them. */
export interface StepSwitches {
  /** The drawing's own box is taken; else the whole pad. */
  box: boolean;
  /** The box is brought to MNIST's 20 pixels; else the pad is shrunk to the whole image. */
  scale: boolean;
  /** The centre of mass goes into the middle; else the box's middle. */
  centre: boolean;
}
export const allSteps: StepSwitches = { box: true, scale: true, centre: true };

/** What a drawing becomes, step by step. */
export interface DrawnSteps {
  /** What of the drawing is on a screen, in units of the pad. */
  strokes: Stroke[];
  /** What is scaled, in units of the pad: the way of the pen's middle. */
  box: Extent;
  /** Pixels of the square below that a unit of the pad becomes. */
  scale: number;
  /** Scaled, the box's middle in the middle of a square of MNIST_SIDE. */
  scaled: Stroke[];
  /** The same with its ink, [MNIST_SIDE, MNIST_SIDE], 0 none to 1 full. */
  scaledInk: Float32Array;
  /** By how many pixels the strokes are moved, to the right and down. */
  moved: Point;
  /** Moved, in the same square. */
  centred: Stroke[];
  /** Bytes [height, width], upright, 255 for ink. */
  upright: { height: number; width: number; pixels: Uint8Array };
  /** What the network is given: bytes [height, width, channels]. */
  image: Uint8Array;
}

/**
 * Makes an image for a network of a drawing, with all channels alike.
 * @returns bytes [height, width, channels], usually 0 for background and 255 for ink; null if no point was drawn
 */
export const drawnImage = (drawn: readonly Stroke[], form: DrawnForm): Uint8Array | null =>
  drawnSteps(drawn, form)?.image ?? null;

/**
 * The same with all that comes between; with every step taken its image is `drawnImage`.
 * @returns null if no point was drawn
 */
export function drawnSteps(
  drawn: readonly Stroke[],
  { height, width, channels, appearance }: DrawnForm,
  switches = allSteps,
): DrawnSteps | null {
  const strokes = placesOf(drawn);
  if (strokes.length === 0) return null;
  const own = extentOf(strokes);
  const box = switches.box ? own : wholePad;
  const scale = switches.scale ? scaleToBox(box) : MNIST_SIDE / PAD;
  const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  const placedAt = (centre: Point): Stroke[] =>
    strokes.map((stroke) =>
      stroke.map(({ x, y }) => ({
        x: (x - middle.x) * scale + centre.x,
        y: (y - middle.y) * scale + centre.y,
      })),
    );
  const first = { x: MNIST_SIDE / 2, y: MNIST_SIDE / 2 };
  const scaled = placedAt(first);
  const scaledInk = inkOf(scaled, MNIST_SIDE);
  const moved = switches.centre ? wayToCentre(scaledInk, own, middle, scale) : { x: 0, y: 0 };
  const centred = placedAt({ x: first.x + moved.x, y: first.y + moved.y });
  const size = appearance.transposed ? { height: width, width: height } : { height, width };
  const pixels = inkInMiddle(centred, size);
  const image = withChannels(lookingLike(pixels, size, appearance), channels);
  const upright = { ...size, pixels };
  return { strokes, box, scale, scaled, scaledInk, moved, centred, upright, image };
}

function scaleToBox({ width, height }: Extent): number {
  const longer = Math.max(width, height);
  return longer === 0 ? 0 : (BOX - MNIST_PEN.width) / longer;
}

/** How far to move ink so that its mass is centred, lines of this extent; `middle` of the pad is in the image's middle. */
function wayToCentre(ink: Float32Array, own: Extent, middle: Point, scale: number): Point {
  const mass = centreOfMass(ink);
  // All of it may be off the image, where the pad was taken for its box.
  if (Number.isNaN(mass.x)) return { x: 0, y: 0 };
  const away = (from: number, size: number, to: number): number => (from + size / 2 - to) * scale;
  return {
    x: shiftPixels(mass.x, own.width * scale, away(own.left, own.width, middle.x)),
    y: shiftPixels(mass.y, own.height * scale, away(own.top, own.height, middle.y)),
  };
}

/**
 * @param strokes in a square of MNIST_SIDE
 * @returns ink [side, side], 0 none to 1 full
 */
export function inkOf(strokes: readonly Stroke[], side: number): Float32Array {
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

/**
 * How far to move lines of this size, whose middle is so far from the image's, so that their mass is centred; a very lopsided drawing is kept
 * whole rather than cut off.
 */
function shiftPixels(massAt: number, size: number, away: number): number {
  const room = Math.max(0, (MNIST_SIDE - size - MNIST_PEN.width - MNIST_PEN.softness) / 2);
  return Math.max(-room - away, Math.min(CENTRE - massAt, room - away));
}
