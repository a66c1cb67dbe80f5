import * as v from 'valibot';

/** A picture that the window has drawn, to be saved in a file. */

export type PictureFormat = 'svg' | 'png';

/** Most bytes; a network's volumes at three times the resolution of a wide window take some hundred thousand. */
const LARGEST = 50_000_000;

export const pictureFileSchema = v.strictObject({
  /** The name without its extension, as proposed in the dialog. */
  name: v.pipe(v.string(), v.regex(/^[\w-]{1,60}$/, 'name must be letters, digits and dashes')),
  format: v.picklist(['svg', 'png'] as const satisfies PictureFormat[]),
  bytes: v.custom<Uint8Array>(
    (value) => value instanceof Uint8Array && value.length <= LARGEST,
    'bytes must be a Uint8Array of at most 50 MB',
  ),
});
export type PictureFile = v.InferOutput<typeof pictureFileSchema>;
