import { rasterizeStrokes } from './rasterize.ts';
import { extentOf, placesOf, type Extent, type Stroke } from './strokes.ts';

/** What a drawing is to a network that reads one thing at a time. */
export type Reading =
  | { kind: 'nothing' }
  /** A dot or a tap: scaled to an image's size it would be read surely, and wrong. */
  | { kind: 'too-little' }
  /** Digits or letters, so many of them beside each other. */
  | { kind: 'several'; characters: number }
  | { kind: 'one' };

/** A hand that taps moves less than this, in units of the pad; the smallest digit that can be drawn with care is larger. */
const SMALLEST = 12;
/** So many dots may be a dotted digit. */
const DOTTED = 5;

/**
 * Whether strokes, in units of the pad, are one drawing to be read. About 0.2 ms.
 * @param areCharacters whether it is of digits or Latin letters: parts of anything else may well stand side by side
 */
export function readingOf(drawn: readonly Stroke[], areCharacters: boolean): Reading {
  const strokes = placesOf(drawn);
  if (strokes.length === 0) return { kind: 'nothing' };
  if (isTooLittle(strokes)) return { kind: 'too-little' };
  const characters = areCharacters ? countCharacters(strokes) : 1;
  return characters > 1 ? { kind: 'several', characters } : { kind: 'one' };
}

const longerSide = ({ width, height }: Extent): number => Math.max(width, height);

const isTooLittle = (strokes: readonly Stroke[]): boolean =>
  longerSide(extentOf(strokes)) < SMALLEST ||
  (strokes.length < DOTTED && strokes.every((stroke) => longerSide(extentOf([stroke])) < SMALLEST));

/** Rows that a drawing is divided into, to look for gaps in it. */
const ROWS = 32;
/** All that follow are shares of the drawing's height. Two digits are further apart than the parts of one. */
const GAP = 0.18;
/** Where a line is interrupted by more than this, it is not one line. */
const BREAK = 0.1;
/** A line as high as this may be a digit, or its main part; a dot or a dash, of a dotted digit too, is lower. */
const HIGH = 0.5;
/** Digits stand beside each other: they share no more than this of the narrower one's width. */
const OVERLAP = 0.5;
/** A drawing that is wider than so many heights is no row of digits, but lines. */
const WIDEST = 12;

/** How many digits or letters stand side by side: drawn with a pen as thick as the gap between two, they are still apart. */
function countCharacters(strokes: readonly Stroke[]): number {
  const { width, height } = extentOf(strokes);
  if (strokes.length < 2 || width > WIDEST * height) return 1;
  const lines = partsOf(strokes, BREAK).filter((part) => part.height >= (HIGH + BREAK) * ROWS);
  if (lines.length < 2) return 1;
  const characters = partsOf(strokes, GAP)
    .filter(({ pixels }) => lines.some(({ start }) => pixels.has(start)))
    .sort((a, b) => a.left - b.left);
  return characters.filter((character, index) => {
    const before = characters[index - 1];
    return before === undefined || isBeside(before, character);
  }).length;
}

function isBeside(a: Extent, b: Extent): boolean {
  const shared = (a1: number, a2: number, b1: number, b2: number): number =>
    Math.min(a1 + a2, b1 + b2) - Math.max(a1, b1);
  const narrower = Math.min(a.width, b.width);
  const lower = Math.min(a.height, b.height);
  return (
    shared(a.left, a.width, b.left, b.width) <= OVERLAP * narrower &&
    shared(a.top, a.height, b.top, b.height) >= HIGH * lower
  );
}

interface Part extends Extent {
  /** One of its pixels. */
  start: number;
  pixels: ReadonlySet<number>;
}

/** Connected parts of the drawing at ROWS rows of height, drawn with a pen that is `thickness` of its height wide. */
function partsOf(strokes: readonly Stroke[], thickness: number): Part[] {
  const { left, top, width, height } = extentOf(strokes);
  const scale = ROWS / height;
  const border = GAP * ROWS;
  const placed = strokes.map((stroke) =>
    stroke.map(({ x, y }) => ({ x: (x - left) * scale + border, y: (y - top) * scale + border })),
  );
  const columns = Math.ceil(width * scale + 2 * border);
  const size = { width: columns, height: Math.ceil(ROWS + 2 * border) };
  const ink = rasterizeStrokes(placed, { width: thickness * ROWS, softness: 1 }, size);
  const isInk = ink.map((value) => (value >= 0.5 ? 1 : 0));
  const parts: Part[] = [];
  isInk.forEach((value, start) => {
    if (value === 0) return;
    isInk[start] = 0;
    // A set is gone through to what is added meanwhile.
    const pixels = new Set([start]);
    for (const index of pixels)
      for (const next of [index - columns, index - 1, index + 1, index + columns])
        if (isInk[next] === 1) {
          isInk[next] = 0;
          pixels.add(next);
        }
    const at = Array.from(pixels, (index) => ({
      x: index % columns,
      y: Math.floor(index / columns),
    }));
    parts.push({ ...extentOf([at]), start, pixels });
  });
  return parts;
}
