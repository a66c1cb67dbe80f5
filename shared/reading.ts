import { rasterizeStrokes } from './rasterize.ts';
import { extentOf, placesOf, type Extent, type Stroke } from './strokes.ts';

/** What a network that recognises one thing at a time can do with a drawing. */
export type Reading =
  | { kind: 'nothing' }
  /** A dot or a tap: scaled to the image's size, it would be recognised with confidence, and wrongly. */
  | { kind: 'too-little' }
  /** Several digits or letters, side by side. */
  | { kind: 'several'; characters: number }
  | { kind: 'one' };

/** A tap moves less than this, in units of the pad; the smallest digit that can be drawn with care is larger. */
const SMALLEST = 12;
/** From this many dots on, they may be a dotted digit. */
const DOTTED = 5;

/**
 * Whether strokes, in units of the pad, are one drawing to be recognised. Takes about 0.2 ms.
 * @param areCharacters whether the classes are digits or Latin letters; parts of anything else may well stand side by side
 */
export function readingOf(drawn: readonly Stroke[], areCharacters: boolean): Reading {
  const strokes = placesOf(drawn);
  if (strokes.length === 0) return { kind: 'nothing' };
  if (isTooLittle(strokes)) return { kind: 'too-little' };
  const characters = areCharacters ? charactersOf(strokes).length : 1;
  return characters > 1 ? { kind: 'several', characters } : { kind: 'one' };
}

/**
 * The characters of a drawing that has several, from left to right, each with its strokes in units of the pad.
 * @returns as many as `readingOf` counts; one, all of it, where it is one drawing
 */
export function symbolsOf(drawn: readonly Stroke[], areCharacters: boolean): Stroke[][] {
  const strokes = placesOf(drawn);
  return readingOf(strokes, areCharacters).kind === 'several' ? charactersOf(strokes) : [strokes];
}

const longerSide = ({ width, height }: Extent): number => Math.max(width, height);

const isTooLittle = (strokes: readonly Stroke[]): boolean =>
  longerSide(extentOf(strokes)) < SMALLEST ||
  (strokes.length < DOTTED && strokes.every((stroke) => longerSide(extentOf([stroke])) < SMALLEST));

/** Rows into which a drawing is divided to find gaps. */
const ROWS = 32;
/** The following are shares of the drawing's height. Two digits are further apart than the parts of one. */
const GAP = 0.18;
/** A line with a longer interruption than this counts as two. */
const BREAK = 0.1;
/** A line this high may be a digit, or its main part; a dot or a dash, also of a dotted digit, is lower. */
const HIGH = 0.5;
/** Digits stand side by side: they overlap by no more than this share of the narrower one's width. */
const OVERLAP = 0.5;
/** A drawing that is wider than this many times its height is not a row of digits, but lines. */
const WIDEST = 12;

/** Digits or letters that stand side by side, from left to right, with their strokes: drawn with a pen as wide as the gap between two, they are still separate. */
function charactersOf(strokes: readonly Stroke[]): Stroke[][] {
  const whole = [[...strokes]];
  const { width, height } = extentOf(strokes);
  if (strokes.length < 2 || width > WIDEST * height) return whole;
  const lines = partsOf(strokes, BREAK).filter((part) => part.height >= (HIGH + BREAK) * ROWS);
  if (lines.length < 2) return whole;
  const parts = partsOf(strokes, GAP).toSorted((a, b) => a.left - b.left);
  const main = parts.filter(({ pixels }) => lines.some(({ start }) => pixels.has(start)));
  /** Of each main part, which of the characters it belongs to. */
  const ofMain: number[] = [];
  main.forEach((part, index) => {
    const before = main[index - 1];
    const isNew = before !== undefined && isBeside(before, part);
    ofMain.push((ofMain.at(-1) ?? 0) + (isNew ? 1 : 0));
  });
  const characters: Stroke[][] = Array.from({ length: (ofMain.at(-1) ?? 0) + 1 }, () => []);
  for (const part of parts) {
    // A dot, a dash or a bar belongs to the nearest.
    const nearest = ofMain[main.indexOf(nearestTo(part, main))] ?? 0;
    characters[nearest]?.push(...part.strokes);
  }
  return characters;
}

const middleOf = ({ left, width }: Extent): number => left + width / 2;

function nearestTo(part: Part, others: readonly Part[]): Part {
  const away = (other: Part): number =>
    other === part ? -1 : Math.abs(middleOf(other) - middleOf(part));
  return others.reduce((best, other) => (away(other) < away(best) ? other : best));
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
  /** Any of its pixels. */
  start: number;
  pixels: ReadonlySet<number>;
  strokes: Stroke[];
}

/** Connected parts of the drawing, scaled to ROWS rows and drawn with a pen whose width is `thickness` of its height. */
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
    // Iterating over a set includes what is added meanwhile.
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
    parts.push({ ...extentOf([at]), start, pixels, strokes: [] });
  });
  placed.forEach((stroke, index) => {
    // A stroke's ink hangs together: where it begins tells all of it.
    const [{ x, y } = { x: 0, y: 0 }] = stroke;
    const begin = Math.floor(y) * columns + Math.floor(x);
    const drawn = strokes[index];
    if (drawn) parts.find(({ pixels }) => pixels.has(begin))?.strokes.push(drawn);
  });
  return parts;
}
