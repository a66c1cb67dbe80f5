import type { LayerRow } from '../text/layer-words.ts';

/** What flows through a network, as boxes to scale. */

export interface Volume {
  /** The layer that makes it; −1: what goes in. */
  index: number;
  kind: LayerRow['kind'];
  name: string;
  shape: string;
  /** Left edge of its column, and how wide that is. */
  left: number;
  room: number;
  /** How much lower its label stands than the highest. */
  labelDrop: number;
  /** SVG paths of its faces, the front one first; lines within follow the colours of their face. */
  faces: readonly string[];
}

export interface VolumePicture {
  volumes: readonly Volume[];
  width: number;
  /** Of the boxes alone; the labels are below. */
  boxHeight: number;
  height: number;
}

/** Points below the boxes, where the labels' two lines of text lie. */
const LABEL_ROOM = 34;
export const NAME_BELOW = 8;
export const SHAPE_BELOW = 24;
/** Where boxes stand too close for labels side by side, every second label stands so much lower. */
const LOWER = 30;

/** Points of the highest image, where nothing is enlarged. */
const HIGHEST = 120;
/** Points of depth of a channel, and the most of all of them. */
const CHANNEL = 0.5;
const DEEPEST = 90;
/** More than this is no clearer, less is not clear. */
const MOST_ENLARGED = 4;
const LEAST_ENLARGED = 0.5;
/** How far back an image's width goes: to the right and up, of its points. */
const [SLANT_X, SLANT_Y] = [0.32, 0.22];
const LEAST_ROOM = 74;
const LEAST_ROOM_STAGGERED = 44;
const GAP = 14;
const TOP = 8;

const path = (...points: readonly (readonly [number, number])[]): string =>
  `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`;

/** A box: its front is as wide as there are channels, its side is the image. */
function boxFaces(depth: number, height: number, back: number, left: number, bottom: number) {
  const [dx, dy] = [back * SLANT_X, back * SLANT_Y];
  const [right, top] = [left + depth, bottom - height];
  return [
    path([left, bottom], [right, bottom], [right, top], [left, top]),
    path([left, top], [left + dx, top - dy], [right + dx, top - dy], [right, top]),
    path([right, bottom], [right + dx, bottom - dy], [right + dx, top - dy], [right, top]),
  ];
}

/**
 * Boxes of the layers that change an image's or a row's shape. Images are to scale, channels are deep; a row of units is a square of
 * as many pixels, so areas compare.
 * @param rows of a network's column, the input first
 * @param enlarged how many times as large as usual; the labels are as they are
 * @param isStaggered every second label stands lower, so that boxes can stand closer
 */
export function drawVolumes(
  rows: readonly LayerRow[],
  enlarged = 1,
  isStaggered = false,
): VolumePicture {
  const mostHigh = HIGHEST * enlarged;
  const leastRoom = isStaggered ? LEAST_ROOM_STAGGERED : LEAST_ROOM;
  const sized = rows.flatMap((row, k) => {
    const shape = row.shape.split('×').map(Number);
    const before = rows[k - 1];
    return row.shape === '' || (row.kind === 'other' && row.shape === before?.shape)
      ? []
      : [{ row, shape }];
  });
  const highest = Math.max(
    1,
    ...sized.map(({ shape }) => (shape.length === 3 ? (shape[0] ?? 1) : 0)),
  );
  const scale = mostHigh / highest;
  let left = 0;
  const bottom = TOP + mostHigh * (1 + SLANT_Y);
  const volumes = sized.map(({ row, shape }, k): Volume => {
    const [height = 1, width = height, channels = 1] = shape;
    const isRow = shape.length === 1;
    const side = Math.min(mostHigh, Math.max(3, Math.sqrt(height) * scale));
    const depth = isRow ? side : Math.max(3, Math.min(DEEPEST, channels * CHANNEL) * enlarged);
    const back = isRow ? 0 : width * scale;
    const wide = depth + back * SLANT_X;
    const room = Math.max(leastRoom, wide + GAP);
    const at = left + (room - wide) / 2;
    const made: Volume = {
      ...{ index: row.index, kind: row.kind, name: row.name, shape: row.shape, left, room },
      labelDrop: isStaggered && k % 2 === 1 ? LOWER : 0,
      faces: isRow
        ? [path([at, bottom], [at + side, bottom], [at + side, bottom - side], [at, bottom - side])]
        : boxFaces(depth, Math.max(3, height * scale), back, at, bottom),
    };
    left += room;
    return made;
  });
  const boxHeight = bottom + TOP;
  const labels = LABEL_ROOM + (isStaggered ? LOWER : 0);
  return { volumes, width: left, boxHeight, height: boxHeight + labels };
}

/**
 * The same as large as the room allows. Where boxes and labels do not fit side by side at their usual size, labels are staggered and
 * boxes drawn smaller; what is still too wide may be scaled down as a whole.
 */
export function drawVolumesIn(
  rows: readonly LayerRow[],
  room: { width: number; height: number },
): VolumePicture {
  const isStaggered = drawVolumes(rows).width > room.width;
  let [fits, tooLarge] = isStaggered ? [LEAST_ENLARGED, 1] : [1, MOST_ENLARGED];
  // By halving: labels need their room however large the boxes are.
  for (let k = 0; k < 8; k++) {
    const between = (fits + tooLarge) / 2;
    const { width, height } = drawVolumes(rows, between, isStaggered);
    if (width <= room.width && height <= room.height) fits = between;
    else tooLarge = between;
  }
  return drawVolumes(rows, fits, isStaggered);
}
