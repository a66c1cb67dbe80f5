import { MOST_BYTES } from '../limits.ts';
import { columnText, type PixelLayout } from './table-layout.ts';
import { refuseTable } from './csv-file.ts';

/** Bytes from this value on were the share 1, lower ones the share 0. */
const HALF = 128;

/** Bytes of room at first, at least and at most: a file's length may be false. */
const [LEAST_ROOM, MOST_ROOM] = [2 ** 16, 2 ** 28];

/** Collects the pixels of a table while its rows are read, a byte each. */
export class GrowingPixels {
  bytes: Uint8Array;
  /** Whether every number so far is from 0 to 1, which is kept times 255. */
  areShares = true;
  /** Whether a number has a decimal point, or is not whole. */
  hasPoint = false;
  readonly path: string;
  readonly #layout: PixelLayout;
  /** Describes the first number that is not whole. */
  #fraction: string | null = null;

  /** @param expected roughly the number of bytes */
  constructor(layout: PixelLayout, path: string, expected: number) {
    this.#layout = layout;
    this.path = path;
    this.bytes = new Uint8Array(Math.min(Math.max(expected, LEAST_ROOM), MOST_ROOM));
  }

  /** @throws FailureError if the pixels are too many with an image that ends there */
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
   * Adds any number.
   * @param at its place in `bytes`
   * @param row of the number, for the error, like `column`
   * @throws FailureError if it is not a pixel
   */
  put(value: number, at: number, row: number, column: number): void {
    const isWhole = Number.isInteger(value);
    // The condition is written so that NaN is refused too.
    if (!(value >= 0 && value <= 255)) throw this.#noPixel(value, row, column);
    if (!isWhole) {
      this.#fraction ??= `The number in row ${row}, ${this.#columnText(column)} is ${value}`;
      if (value > 1 || !this.areShares) throw this.#mixed();
    }
    if (value > 1 && this.areShares) this.takeAsBytes();
    this.bytes[at] = this.areShares ? Math.round(value * 255) : value;
  }

  /**
   * Called when numbers turn out to go from 0 to 255: turns the zeros and ones that were stored times 255 back.
   * @throws FailureError if one of the numbers so far was not whole
   */
  takeAsBytes(): void {
    if (this.#fraction !== null) throw this.#mixed();
    this.areShares = false;
    const { bytes } = this;
    for (let k = 0; k < bytes.length; k++) bytes[k] = (bytes[k] ?? 0) >= HALF ? 1 : 0;
  }

  /**
   * @param count number of bytes that are filled
   * @returns those bytes, without much unused room
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
