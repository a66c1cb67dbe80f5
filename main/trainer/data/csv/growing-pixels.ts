import { MOST_BYTES } from '../limits.ts';
import { columnText, type PixelLayout } from './table-layout.ts';
import { refuseTable } from './csv-file.ts';

/** From so many 255ths on, a number from 0 to 1 is rounded to 1. */
const HALF = 128;

/** Room that is made at first, in bytes: a file's length may be a lie. */
const [LEAST_ROOM, MOST_ROOM] = [2 ** 16, 2 ** 28];

/** Pixels of a table as its rows come, a byte each. */
export class GrowingPixels {
  bytes: Uint8Array;
  /** Every number so far is from 0 to 1, and kept times 255. */
  areShares = true;
  /** A number has a decimal point, or is no whole one. */
  hasPoint = false;
  readonly path: string;
  readonly #layout: PixelLayout;
  /** Where the first number is that is no whole one. */
  #fraction: string | null = null;

  /** @param expected bytes, about */
  constructor(layout: PixelLayout, path: string, expected: number) {
    this.#layout = layout;
    this.path = path;
    this.bytes = new Uint8Array(Math.min(Math.max(expected, LEAST_ROOM), MOST_ROOM));
  }

  /** @throws FailureError where there is no room for an image that ends there */
  makeRoom(end: number): void {
    if (end <= this.bytes.length) return;
    if (end > MOST_BYTES)
      throw refuseTable(
        this.path,
        `The pixels are more than ${MOST_BYTES} bytes together, the most taken.`,
        'Use fewer examples, or smaller images.',
      );
    const grown = new Uint8Array(
      Math.min(Math.max(end, Math.ceil(this.bytes.length * 1.5)), MOST_BYTES),
    );
    grown.set(this.bytes);
    this.bytes = grown;
  }

  /**
   * One number, whichever it is.
   * @param at its place in `bytes`
   * @param place of the number, for the error
   * @throws FailureError where it is no pixel
   */
  put(value: number, at: number, row: number, column: number): void {
    const isWhole = Number.isInteger(value);
    // What is not a number is not between two.
    if (!(value >= 0 && value <= 255)) throw this.#noPixel(value, row, column);
    if (!isWhole) {
      this.#fraction ??= `The number in row ${row}, ${this.#columnText(column)} is ${value}`;
      if (value > 1 || !this.areShares) throw this.#mixed();
    }
    if (value > 1 && this.areShares) this.takeAsBytes();
    this.bytes[at] = this.areShares ? Math.round(value * 255) : value;
  }

  /**
   * Numbers are from 0 to 255: the zeros and ones that were taken times 255 are what they were.
   * @throws FailureError where one of them was between
   */
  takeAsBytes(): void {
    if (this.#fraction !== null) throw this.#mixed();
    this.areShares = false;
    const { bytes } = this;
    for (let k = 0; k < bytes.length; k++) bytes[k] = (bytes[k] ?? 0) >= HALF ? 1 : 0;
  }

  /**
   * @param count of bytes that are filled.
   * @returns those, without much room besides
   */
  filled(count: number): Uint8Array {
    return count > this.bytes.length * 0.9
      ? this.bytes.subarray(0, count)
      : this.bytes.slice(0, count);
  }

  #columnText(column: number): string {
    return columnText(column, this.#layout.names[column]);
  }

  #noPixel(value: number, row: number, column: number) {
    return refuseTable(
      this.path,
      `The number in row ${row}, ${this.#columnText(column)} is ${value}, but pixels go from 0 to 255, or all from 0 to 1.`,
      'Write the pixels as whole numbers from 0 to 255.',
    );
  }

  #mixed() {
    return refuseTable(
      this.path,
      `${this.#fraction ?? 'A number is no whole one'}: pixels are whole numbers from 0 to 255, or all from 0 to 1.`,
      'Write the pixels as whole numbers from 0 to 255.',
    );
  }
}
