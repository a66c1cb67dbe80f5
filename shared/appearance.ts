import * as v from 'valibot';

/**
 * How the images that a network learns from look, beside MNIST's: upright, white ink on black. A drawing is brought to look likewise
 * before the network is asked about it.
 */
export const appearanceSchema = v.strictObject({
  /** Rows and columns are exchanged, before the two below. */
  transposed: v.boolean(),
  /** Left and right are exchanged. */
  mirrored: v.boolean(),
  /** Top and bottom are exchanged. */
  flipped: v.boolean(),
  /** Dark ink on light paper. */
  inverted: v.boolean(),
});
export type Appearance = v.InferOutput<typeof appearanceSchema>;

export const usualAppearance: Appearance = {
  transposed: false,
  mirrored: false,
  flipped: false,
  inverted: false,
};

const size = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The images that a network takes. */
export const imagesSchema = v.strictObject({
  height: size,
  width: size,
  channels: size,
  appearance: appearanceSchema,
});
export type Images = v.InferOutput<typeof imagesSchema>;

/**
 * For each pixel of a turned image, row by row, the number of the pixel that comes there.
 * @param height, width before it is turned
 */
export function turnedFrom(
  height: number,
  width: number,
  { transposed, mirrored, flipped }: Omit<Appearance, 'inverted'>,
): Uint32Array {
  const [rows, columns] = transposed ? [width, height] : [height, width];
  return Uint32Array.from({ length: height * width }, (_, k) => {
    const [y, x] = [Math.floor(k / columns), k % columns];
    const row = flipped ? rows - 1 - y : y;
    const column = mirrored ? columns - 1 - x : x;
    return transposed ? column * width + row : row * width + column;
  });
}

/**
 * A usual image as those look that a network learns from.
 * @param side pixels of its height and its width
 */
export function lookingLike(pixels: Uint8Array, side: number, appearance: Appearance): Uint8Array {
  const from = turnedFrom(side, side, appearance);
  return pixels.map((_, k) => {
    const pixel = pixels[from[k] ?? 0] ?? 0;
    return appearance.inverted ? 255 - pixel : pixel;
  });
}

/** What a network takes, of its checkpoint's record: that of an earlier version does not say how the images look. */
export const imagesOf = ({
  image: { height, width, channels },
  appearance = usualAppearance,
}: {
  image: Omit<Images, 'appearance'>;
  appearance?: Appearance | undefined;
}): Images => ({ height, width, channels, appearance });
