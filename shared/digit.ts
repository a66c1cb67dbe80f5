/**
 * A drawing as MNIST's makers prepared theirs (LeCun, Cortes, Burges, "The MNIST database", yann.lecun.com/exdb/mnist):
 * scaled with its aspect kept into a box of 20×20, antialiased, and laid into 28×28 with its centre of mass in the middle.
 */

export const DIGIT_SIZE = 28;
const BOX = 20;
/** Fainter than this is the fringe of an antialiased stroke, not ink. */
const FAINT = 16;

/** Ink row by row: 0 paper, 255 full ink. */
export interface Drawing {
  width: number;
  height: number;
  ink: ArrayLike<number>;
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The drawing as 28×28 bytes, 0 background, 255 ink, row by row; null where there is none. */
export function toDigit(drawing: Drawing): Uint8Array | null {
  const box = inkBox(drawing);
  return box === null ? null : placeByMass(fit(drawing, box));
}

function inkBox({ width, height, ink }: Drawing): Box | null {
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if ((ink[y * width + x] ?? 0) < FAINT) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** The box's content, its longer side now 20: every pixel the mean of the area it covers. */
function fit(drawing: Drawing, box: Box): Drawing & { ink: Float32Array } {
  const scale = BOX / Math.max(box.width, box.height);
  const width = Math.max(1, Math.round(box.width * scale));
  const height = Math.max(1, Math.round(box.height * scale));
  const ink = new Float32Array(width * height);
  const columns = spans(box.left, box.width, width);
  const rows = spans(box.top, box.height, height);
  rows.forEach((row, y) => {
    columns.forEach((column, x) => {
      let sum = 0;
      for (const [fromY, shareY] of row)
        for (const [fromX, shareX] of column)
          sum += (drawing.ink[fromY * drawing.width + fromX] ?? 0) * shareX * shareY;
      ink[y * width + x] = sum;
    });
  });
  return { width, height, ink };
}

type Share = readonly [index: number, share: number];

/** For each of `to` equal parts of `from` pixels: the pixels under it and the share of the part that each has. */
function spans(start: number, from: number, to: number): Share[][] {
  const length = from / to;
  return Array.from({ length: to }, (_, part) => {
    const begin = part * length;
    const end = Math.min(begin + length, from);
    const shares: Share[] = [];
    for (let index = Math.floor(begin); index < end; index++) {
      const share = (Math.min(index + 1, end) - Math.max(index, begin)) / length;
      if (share > 0) shares.push([start + index, share]);
    }
    return shares;
  });
}

/** Laid into 28×28 by whole pixels, so that nothing is blurred again. */
function placeByMass({ width, height, ink }: Drawing & { ink: Float32Array }): Uint8Array {
  let mass = 0;
  let sumX = 0;
  let sumY = 0;
  ink.forEach((value, index) => {
    mass += value;
    sumX += value * ((index % width) + 0.5);
    sumY += value * (Math.floor(index / width) + 0.5);
  });
  const left = offset(sumX / mass, width);
  const top = offset(sumY / mass, height);
  const digit = new Uint8Array(DIGIT_SIZE * DIGIT_SIZE);
  ink.forEach((value, index) => {
    const x = left + (index % width);
    const y = top + Math.floor(index / width);
    digit[y * DIGIT_SIZE + x] = Math.round(Math.min(value, 255));
  });
  return digit;
}

/** Where the box begins for its mass to be in the middle; a very lopsided drawing is kept whole rather than cut. */
const offset = (massAt: number, size: number): number =>
  Math.max(0, Math.min(Math.round(DIGIT_SIZE / 2 - massAt), DIGIT_SIZE - size));
