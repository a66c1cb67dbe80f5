import * as v from 'valibot';

/** A picture that the window has drawn, or the numbers that it is drawn from, to be saved where a person wants it. */

export type PictureFormat = 'svg' | 'png' | 'gif' | 'csv';

/** Most bytes; a network's volumes at three times the resolution of a wide window take some hundred thousand. */
const LARGEST = 50_000_000;
const bytesSchema = v.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length <= LARGEST,
  'bytes must be a Uint8Array of at most 50 MB',
);

/** Of a PNG file, for the system's clipboard. */
export const copiedPictureSchema = v.strictObject({ bytes: bytesSchema });

/** How a file of each format begins: what is written has no other content than its name says. */
const beginnings: Record<PictureFormat, readonly number[]> = {
  svg: [0x3c, 0x73, 0x76, 0x67],
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  gif: [0x47, 0x49, 0x46, 0x38, 0x39, 0x61],
  // Text has no beginning of its own.
  csv: [],
};

const pictureSchema = v.strictObject({
  /** Without its ending: what the dialog proposes. */
  name: v.pipe(v.string(), v.regex(/^[\w-]{1,60}$/, 'name must be letters, digits and dashes')),
  format: v.picklist(['svg', 'png', 'gif', 'csv'] as const satisfies PictureFormat[]),
  bytes: bytesSchema,
});

export const pictureFileSchema = v.pipe(
  pictureSchema,
  v.check(
    ({ format, bytes }) => beginnings[format].every((byte, k) => bytes[k] === byte),
    'bytes must be a file of the format that is named',
  ),
);
export type PictureFile = v.InferOutput<typeof pictureFileSchema>;
