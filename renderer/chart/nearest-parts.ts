import type { DrawnForm } from '../../shared/drawn-image.ts';
import type { ValueMap } from './activation-maps.ts';
import { inkShares } from './map-overlay.ts';

/** A change of less is not one that a person can see, in steps of brightness of 255. */
const SEEN = 1;

/** A changed picture, taken apart. */
export interface ChangeParts {
  /** As the network takes it. */
  pixels: Uint8Array;
  /** Change of brightness of each pixel, −1 to 1; of several channels their mean. */
  difference: ValueMap;
  /** All change as a share of the picture's ink, or of a photograph's brightness. */
  share: number;
  /** How many pixels are brighter and how many darker. */
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
  const { height, width, channels } = form;
  const pixels = Uint8Array.from(changed, (value) => Math.round(value));
  const values = new Float32Array(height * width);
  pixels.forEach((value, k) => {
    const place = Math.floor(k / channels);
    values[place] = (values[place] ?? 0) + (value - (original[k] ?? 0)) / 255 / channels;
  });
  const ink = inkShares(original, form).reduce((sum, share) => sum + share, 0);
  const size = values.reduce((sum, value) => sum + Math.abs(value), 0);
  const brighter = values.filter((value) => value * 255 >= SEEN).length;
  const darker = values.filter((value) => value * 255 <= -SEEN).length;
  return {
    pixels,
    difference: { height, width, values },
    share: ink > 0 ? size / ink : 0,
    words: `${brighter} pixels are brighter, ${darker} darker`,
  };
}
