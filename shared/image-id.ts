import * as v from 'valibot';

/** By what an example is found again wherever it lies: the beginning of the SHA-256 of its label and its pixels. */

export const IMAGE_ID_BYTES = 8;

/** As it is written: sixteen hexadecimal digits. */
export const imageIdSchema = v.pipe(
  v.string(),
  v.regex(/^[\da-f]{16}$/, 'this is no image’s sixteen digits'),
);

/** @param ids of images, eight bytes each */
export function imageIdAt(ids: Uint8Array, number: number): string {
  const id = ids.subarray(number * IMAGE_ID_BYTES, (number + 1) * IMAGE_ID_BYTES);
  return Array.from(id, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
