import type { DrawnForm } from '../../shared/drawn-image.ts';
import type { ValueMap } from './activation-maps.ts';
import { inkShares } from './map-overlay.ts';

/** A change of less is not one that a person can see, in steps of brightness of 255. */
const SEEN = 0.5;

/** A changed picture, taken apart. */
export interface ChangeParts {
  /** As the network takes it. */
  pixels: Uint8Array;
  /** Change of each pixel’s ink, −1 to 1; of a photograph of its brightness, the mean of its channels. */
  difference: ValueMap;
  /** All change as a share of the picture's ink, or of a photograph's brightness. */
  share: number;
  /** How many pixels have more and how many less. */
  words: string;
}

/** @param it `changed` 0 to 255, both in the shape of `form` */
export function changeOf({
  original,
  changed,
  form,
}: {
  original: Uint8Array;
  changed: Float32Array;
  form: DrawnForm;
}): ChangeParts {
  const { height, width, channels, appearance } = form;
  const pixels = Uint8Array.from(changed, (value) => Math.round(value));
  const values = new Float32Array(height * width);
  const isDrawn = channels === 1;
  // Where ink is dark, more of it is less bright.
  const sign = isDrawn && appearance.inverted ? -1 : 1;
  pixels.forEach((value, k) => {
    const place = Math.floor(k / channels);
    values[place] = (values[place] ?? 0) + (sign * (value - (original[k] ?? 0))) / 255 / channels;
  });
  const ink = isDrawn
    ? inkShares(original, form)
    : Float32Array.from(original, (value) => value / 255 / channels);
  const whole = ink.reduce((sum, share) => sum + share, 0);
  const size = values.reduce((sum, value) => sum + Math.abs(value), 0);
  const more = values.filter((value) => value * 255 >= SEEN).length;
  const less = values.filter((value) => value * 255 <= -SEEN).length;
  return {
    pixels,
    difference: { height, width, values },
    share: whole > 0 ? size / whole : 0,
    words: isDrawn
      ? `Pixels with more ink: ${more}, with less: ${less}`
      : `Brighter pixels: ${more}, darker ones: ${less}`,
  };
}
