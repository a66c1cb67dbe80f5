/** Each example's class, from 0: a byte each where there are up to 256 classes, two bytes where there are more. */
export type Labels = Uint8Array | Uint16Array;

/** The most classes whose numbers fit into a byte. */
const CLASSES_OF_A_BYTE = 256;

/** Makes the labels of `count` examples, all of class 0. */
export const makeLabels = (count: number, classes: number): Labels =>
  classes > CLASSES_OF_A_BYTE ? new Uint16Array(count) : new Uint8Array(count);

/** Images with their labels; image k is bytes k·size … of `images`, which are rows, in rows pixels, in pixels channels. */
export interface Examples {
  images: Uint8Array;
  labels: Labels;
  count: number;
}

/**
 * The examples from number `from` to `to` − 1, which share the bytes of all.
 * @param imageSize bytes of an image
 */
export const sliceExamples = (
  { images, labels }: Pick<Examples, 'images' | 'labels'>,
  from: number,
  to: number,
  imageSize: number,
): Examples => ({
  images: images.subarray(from * imageSize, to * imageSize),
  labels: labels.subarray(from, to),
  count: to - from,
});

/** How many of the labels are of each class. */
export function countByClass(labels: Labels, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}
