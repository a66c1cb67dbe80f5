import { FailureError } from '../../../../shared/ipc.ts';
import { MOST_NAMES_BYTES } from '../class-names.ts';
import { BEYOND_CLASSES, MOST_CLASSES, MOST_EXAMPLES } from '../limits.ts';
import type { ArraySink } from './npy-array.ts';
import { arrayText, itemCount, type NpyHeader } from './npy-header.ts';
import type { ItemType, NumberType } from './npy-types.ts';

/** Takes the labels of an array, one for each image. */
export class LabelSink implements ArraySink {
  readonly numbers: Int32Array;
  readonly #type: NumberType;
  readonly #isLittleEndian: boolean;
  readonly #where: string;

  /**
   * @param where the place of the array, for errors
   * @throws FailureError if the array's axes or items are not those of labels
   */
  constructor(header: NpyHeader, where: string) {
    const { shape, item } = header;
    const [count = 0] = shape;
    const unsuitable = (why: string, remedy: string): FailureError =>
      new FailureError({ what: `The array holds ${arrayText(header)}${why}`, where, remedy });
    if (!item.number)
      throw unsuitable(
        ', but labels are numbers.',
        'Write the number of each image’s class, from 0, and the names as class_names.',
      );
    if (shape.length === 0 || shape.length > 2 || itemCount(header) !== count)
      throw unsuitable(
        `, axes such as ${shape.length > 2 ? 'images' : 'one-hot labels'} have, but labels have one axis: a number for each image.`,
        'Write one number for each image, its class: labels.argmax(axis=1) makes them of one-hot labels.',
      );
    if (count > MOST_EXAMPLES)
      throw unsuitable(`; the most taken is ${MOST_EXAMPLES}.`, 'Use fewer examples.');
    this.#type = item.number;
    this.#isLittleEndian = item.isLittleEndian;
    this.#where = where;
    this.numbers = new Int32Array(count);
  }

  /** @throws FailureError that names a label which is not a class */
  take(view: DataView, first: number): void {
    const { bytes, read, name } = this.#type;
    for (let k = 0; k < view.byteLength / bytes; k++) {
      const label = read(view, k * bytes, this.#isLittleEndian);
      if (!Number.isInteger(label) || Math.abs(label) >= BEYOND_CLASSES)
        throw new FailureError({
          what: `Label number ${first + k} is ${label} (${name}), which is no class: classes are whole numbers from 0.`,
          where: this.#where,
          remedy: 'Write each label as the whole number of its class, from 0.',
        });
      this.numbers[first + k] = label;
    }
  }
}

/** Takes the names of the classes. */
export class NamesSink implements ArraySink {
  readonly names: string[] = [];
  readonly #item: ItemType;

  /**
   * @param where the place of the array, for errors
   * @throws FailureError if the array does not hold such names
   */
  constructor(header: NpyHeader, where: string) {
    const { shape, item } = header;
    const count = itemCount(header);
    const areNames =
      !item.number &&
      shape.length === 1 &&
      count <= MOST_CLASSES &&
      count * item.bytes <= MOST_NAMES_BYTES;
    if (!areNames)
      throw new FailureError({
        what: `The array holds ${arrayText(header)}, no names of up to ${MOST_CLASSES} classes.`,
        where,
        remedy: 'Write the names as an array of texts, one axis, or leave them out.',
      });
    this.#item = item;
  }

  take(view: DataView): void {
    const { bytes, isUnicode, isLittleEndian } = this.#item;
    for (let at = 0; at < view.byteLength; at += bytes)
      this.names.push(
        isUnicode ? wideText(view, at, bytes, isLittleEndian) : byteText(view, at, bytes),
      );
  }
}

/** Decodes text of four bytes for each character, filled up with zeros; invalid characters become U+FFFD. */
function wideText(view: DataView, at: number, bytes: number, isLittleEndian: boolean): string {
  const points: number[] = [];
  for (let k = 0; k < bytes; k += 4) {
    const point = view.getUint32(at + k, isLittleEndian);
    points.push(point > 0x10ffff ? 0xfffd : point);
  }
  return withoutEnd(String.fromCodePoint(...points));
}

/** The bytes have no declared encoding; usually they are UTF-8. */
const byteText = (view: DataView, at: number, bytes: number): string =>
  withoutEnd(Buffer.from(view.buffer, view.byteOffset + at, bytes).toString('utf8'));

function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return text.slice(0, end);
}
