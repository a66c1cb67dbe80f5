/** Sliding a patch over a picture, and looking what the network makes of what is left (Zeiler & Fergus 2014). */

/** Sides of a patch, in pixels: with a pixel in the middle. */
export const patchSizes = [3, 5, 7] as const;
/** Pixels from one place of a patch to the next. */
export const patchStrides = [1, 2] as const;
/** The most places of a patch in one question. */
export const MOST_PATCHES = 4096;

interface Size {
  height: number;
  width: number;
}

/** How many places a patch takes, below one another and beside one another. */
export const patchPlaces = ({ height, width }: Size, stride: number): [number, number] => [
  Math.ceil(height / stride),
  Math.ceil(width / stride),
];

/** Where the patch covers the picture at one place: its middle lies on every `stride`-th pixel, and it is cut off at the border. */
export function patchAt(
  { height, width }: Size,
  { size, stride }: { size: number; stride: number },
  [row, column]: readonly [number, number],
): { top: number; left: number; bottom: number; right: number } {
  const half = Math.floor(size / 2);
  const first = (extent: number): number => Math.floor(((extent - 1) % stride) / 2);
  const [y, x] = [row * stride + first(height), column * stride + first(width)];
  return {
    ...{ top: Math.max(y - half, 0), left: Math.max(x - half, 0) },
    bottom: Math.min(y - half + size, height),
    right: Math.min(x - half + size, width),
  };
}
