import * as v from 'valibot';

/** A picture that the window has drawn, or the numbers that it is drawn from, to be saved where a person wants it. */

export type PictureFormat = 'svg' | 'png' | 'csv';

/** Bytes; a network's volumes at three times the points of a wide window are some hundred thousand. */
const LARGEST = 50_000_000;
const bytesSchema = v.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length <= LARGEST,
  'bytes must be a Uint8Array of at most 50 MB',
);

/** Of a PNG file, for the system's clipboard. */
export const copiedPictureSchema = v.strictObject({ bytes: bytesSchema });

export const pictureFileSchema = v.strictObject({
  /** Without its ending: what the dialog proposes. */
  name: v.pipe(v.string(), v.regex(/^[\w-]{1,60}$/, 'name must be letters, digits and dashes')),
  format: v.picklist(['svg', 'png', 'csv'] as const satisfies PictureFormat[]),
  bytes: bytesSchema,
});
export type PictureFile = v.InferOutput<typeof pictureFileSchema>;
