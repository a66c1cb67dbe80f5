import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { sliceExamples, type Examples, type Labels } from './examples.ts';

/** A batch as the graph takes it: bytes of images, one after the other, and their labels. */
export interface Batch {
  images: Uint8Array;
  labels: Labels;
  /** Number of examples. */
  size: number;
}

/** Order of an epoch's examples: a permutation that is a function of (seed, epoch), by Fisher and Yates. */
export function epochOrder(count: number, seed: number, epoch: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, k) => k);
  // Two numbers into one 32-bit seed: an odd multiplier keeps epochs of one run apart.
  const random = xoroshiro128plus((seed ^ Math.imul(epoch + 1, 0x9e3779b1)) | 0);
  for (let last = count - 1; last > 0; last--) {
    const other = uniformInt(random, 0, last);
    const moved = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = moved;
  }
  return order;
}

/**
 * Copies the examples with these numbers into one batch for the graph.
 * @param imageSize bytes of one image
 */
export function gatherBatch(examples: Examples, indices: Uint32Array, imageSize: number): Batch {
  const images = new Uint8Array(indices.length * imageSize);
  const labels: Labels =
    examples.labels instanceof Uint16Array
      ? new Uint16Array(indices.length)
      : new Uint8Array(indices.length);
  indices.forEach((index, k) => {
    images.set(examples.images.subarray(index * imageSize, (index + 1) * imageSize), k * imageSize);
    labels[k] = examples.labels[index] ?? 0;
  });
  return { images, labels, size: indices.length };
}

/** The examples from number `from` to `to` − 1, as a batch. */
export function consecutiveExamples(
  examples: Pick<Examples, 'images' | 'labels'>,
  from: number,
  to: number,
  imageSize: number,
): Batch {
  const { images, labels, count: size } = sliceExamples(examples, from, to, imageSize);
  return { images, labels, size };
}

/**
 * The kth of `count` equally large batches that make up a batch.
 * @param count number of these batches
 */
export function partOfBatch({ images, labels, size }: Batch, k: number, count: number): Batch {
  const each = size / count;
  return consecutiveExamples({ images, labels }, k * each, (k + 1) * each, images.length / size);
}
