import { lumaOf } from '../../../../shared/picture-fit.ts';
import { isTransposed, runsLeftward, runsUpward, type Orientation } from './orientation.ts';
import type { PictureForm } from './picture-form.ts';
import type { PicturePlan } from './picture-plan.ts';

/** Pixels in the orientation of the file, [height, width, channels], from 0 to 255; they need not be whole numbers. */
export interface ResizedPixels {
  values: ArrayLike<number>;
  channels: 1 | 3;
}

const byteOf = (value: number): number => Math.min(255, Math.max(0, Math.floor(value + 0.5)));

/** Where the stored pixels hold the upright picture's pixel 0, 0, and how many pixels it is from there to the next column and row. */
function stepsOf(
  { height, width }: PicturePlan['size'],
  orientation: Orientation,
): { first: number; column: number; row: number } {
  const x = runsLeftward(orientation) ? { from: width - 1, step: -1 } : { from: 0, step: 1 };
  const y = runsUpward(orientation) ? { from: height - 1, step: -width } : { from: 0, step: width };
  const first = y.from * width + x.from;
  return isTransposed(orientation)
    ? { first, column: y.step, row: x.step }
    : { first, column: x.step, row: y.step };
}

/** Makes a picture's example: turned upright, grey or in colour as the form says, with the background around it. */
export function makeExamplePixels(
  { values, channels }: ResizedPixels,
  plan: PicturePlan,
  orientation: Orientation,
  form: PictureForm,
): Uint8Array {
  const example = new Uint8Array(form.height * form.width * form.channels);
  const write = (at: number, red: number, green: number, blue: number): void => {
    if (form.channels === 1) example[at] = lumaOf(red, green, blue);
    else {
      example[at] = byteOf(red);
      example[at + 1] = byteOf(green);
      example[at + 2] = byteOf(blue);
    }
  };
  const { place, size } = plan;
  if (place.height < form.height || place.width < form.width)
    for (let at = 0; at < example.length; at += form.channels) write(at, ...form.background);
  const { first, column, row } = stepsOf(size, orientation);
  for (let y = 0; y < place.height; y++)
    for (let x = 0; x < place.width; x++) {
      const from = (first + y * row + x * column) * channels;
      const red = values[from] ?? 0;
      const [green, blue] =
        channels === 1 ? [red, red] : [values[from + 1] ?? 0, values[from + 2] ?? 0];
      const at = ((place.top + y) * form.width + place.left + x) * form.channels;
      write(at, red, green, blue);
    }
  return example;
}
