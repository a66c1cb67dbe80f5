import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { IMAGE_ID_BYTES } from '../../../shared/image-id.ts';
import type { Examples } from './examples.ts';

/** Images of which others may run again after. */
const AT_ONCE = 2_000;

/**
 * By what an example is found again wherever it lies: the beginning of the SHA-256 of its label and its pixels.
 * @param imageSize bytes of an image
 * @returns eight bytes of each, one after the other
 * @throws the signal's reason where it is stopped
 */
export async function imageIdsOf(
  { images, labels, count }: Examples,
  imageSize: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const ids = new Uint8Array(count * IMAGE_ID_BYTES);
  for (let k = 0; k < count; k++) {
    if (k % AT_ONCE === 0) {
      await setImmediate();
      signal.throwIfAborted();
    }
    const hash = createHash('sha256')
      .update(`${labels[k]}\n`)
      .update(images.subarray(k * imageSize, (k + 1) * imageSize));
    ids.set(hash.digest().subarray(0, IMAGE_ID_BYTES), k * IMAGE_ID_BYTES);
  }
  return ids;
}
