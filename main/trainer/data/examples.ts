/** Each example's class, from 0: a byte each where there are up to 256 classes, two bytes where there are more. */
export type Labels = Uint8Array | Uint16Array;

/** The most classes whose numbers fit into a byte. */
const CLASSES_OF_A_BYTE = 256;

/** Room for the labels of `count` examples, all of class 0. */
export const makeLabels = (count: number, classes: number): Labels =>
  classes > CLASSES_OF_A_BYTE ? new Uint16Array(count) : new Uint8Array(count);

/** Images with their labels; image k is bytes k·size … of `images`, which are rows, in rows pixels, in pixels channels. */
export interface Examples {
  images: Uint8Array;
  labels: Labels;
  count: number;
}
