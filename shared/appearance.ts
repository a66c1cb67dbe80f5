import * as v from 'valibot';

/**
 * How training images look compared to MNIST's, which are upright, white ink on black. A drawing is made to look the same way before the
 * network is asked about it.
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

/** Most class names, as in data/limits.ts of the trainer. */
export const classNamesSchema = v.pipe(v.array(v.string()), v.maxLength(1_000));

const size = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The images that a network takes. */
export const imagesSchema = v.strictObject({
  height: size,
  width: size,
  channels: size,
  appearance: appearanceSchema,
  /** Names of the classes, in the order of the network's outputs. */
  classNames: classNamesSchema,
});
export type Images = v.InferOutput<typeof imagesSchema>;

/**
 * For each pixel of the turned image, row by row, the number of the pixel that comes there.
 * @param height before the image is turned
 * @param width before the image is turned
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
 * Makes an upright, white-on-black image look like the training images.
 * @param pixels one channel
 * @param size of the image before it is turned
 */
export function lookingLike(
  pixels: Uint8Array,
  { height, width }: Pick<Images, 'height' | 'width'>,
  { inverted, ...turning }: Appearance,
): Uint8Array {
  const isTurned = turning.transposed || turning.mirrored || turning.flipped;
  // Large images are drawn again with each move of the pen, and most are not turned.
  const from = isTurned ? turnedFrom(height, width, turning) : null;
  return pixels.map((own, k) => {
    const pixel = from === null ? own : (pixels[from[k] ?? 0] ?? 0);
    return inverted ? 255 - pixel : pixel;
  });
}

/**
 * Repeats an image of one channel in several equal channels.
 * @returns bytes, with the channels of each pixel side by side
 */
export function withChannels(pixels: Uint8Array, channels: number): Uint8Array {
  if (channels === 1) return pixels;
  const image = new Uint8Array(pixels.length * channels);
  for (let k = 0; k < image.length; k++) image[k] = pixels[Math.floor(k / channels)] ?? 0;
  return image;
}

/** The images that a checkpoint's network takes. Records of earlier versions have neither the images' appearance nor names of classes. */
export const imagesOf = ({
  image: { height, width, channels, classes },
  appearance = usualAppearance,
  classNames = Array.from({ length: classes }, (_, label) => String(label)),
}: {
  image: Pick<Images, 'height' | 'width' | 'channels'> & { classes: number };
  appearance?: Appearance | undefined;
  classNames?: string[] | undefined;
}): Images => ({ height, width, channels, appearance, classNames });
