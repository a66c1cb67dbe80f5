import { turnedFrom, type Appearance, type Images } from '../../../../shared/appearance.ts';

/** A drawing is kept as the network took it that it was drawn for; other data may look another way. */

type Size = Pick<Images, 'height' | 'width'>;

const swapped = ({ height, width }: Size): Size => ({ height: width, width: height });
const uprightSize = (size: Size, { transposed }: Appearance): Size =>
  transposed ? swapped(size) : size;

export const looksAlike = (a: Appearance, b: Appearance): boolean =>
  a.transposed === b.transposed &&
  a.mirrored === b.mirrored &&
  a.flipped === b.flipped &&
  a.inverted === b.inverted;

/**
 * The size of a picture that becomes images of a size once it is turned.
 * @param size of these images
 * @param from how the picture looks
 * @param to how the images look
 */
export const sizeBeforeTurning = (size: Size, from: Appearance, to: Appearance): Size =>
  uprightSize(uprightSize(size, to), from);

/**
 * Makes a picture that looks one way look another way.
 * @param pixels of `sizeBeforeTurning`, the channels of each pixel side by side
 * @param size afterwards
 */
export function turnDrawing(
  pixels: Uint8Array,
  size: Size & { channels: number },
  from: Appearance,
  to: Appearance,
): Uint8Array {
  const { channels } = size;
  const { height, width } = uprightSize(size, to);
  const before = turnedFrom(height, width, from);
  /** Where in the picture each upright pixel is. */
  const placeOf = new Uint32Array(before.length);
  before.forEach((upright, place) => (placeOf[upright] = place));
  const isInverted = from.inverted !== to.inverted;
  const turned = new Uint8Array(pixels.length);
  turnedFrom(height, width, to).forEach((upright, k) => {
    const place = placeOf[upright] ?? 0;
    for (let channel = 0; channel < channels; channel++) {
      const value = pixels[place * channels + channel] ?? 0;
      turned[k * channels + channel] = isInverted ? 255 - value : value;
    }
  });
  return turned;
}
