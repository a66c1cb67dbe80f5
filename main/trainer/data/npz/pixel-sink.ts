import { FailureError, type Failure } from '../../../../shared/ipc.ts';
import type { ArraySink } from './npy-array.ts';
import type { NpyHeader } from './npy-header.ts';
import type { NumberType } from './npy-types.ts';

/** Bytes from this value on were the share 1, lower ones the share 0. */
const HALF = 128;

/** Converts an array's numbers to pixels while they are read, and puts them in their order in memory. */
export class PixelSink implements ArraySink {
  /** One byte for each number, the last axis fastest. */
  readonly pixels: Uint8Array;
  readonly #type: NumberType;
  readonly #isLittleEndian: boolean;
  readonly #shape: readonly number[];
  readonly #places: FortranPlaces | null;
  readonly #where: string;
  /** Whether the numbers so far are from 0 to 1, so that they are multiplied by 255. */
  #areShares: boolean;

  /**
   * @param type of the header's numbers
   * @param where the place of the array, for errors
   */
  constructor(header: NpyHeader, type: NumberType, where: string) {
    this.#type = type;
    this.#isLittleEndian = header.item.isLittleEndian;
    this.#shape = header.shape;
    this.#places =
      header.isFortran && header.shape.length > 1 ? new FortranPlaces(header.shape) : null;
    this.#where = where;
    this.#areShares = type.isFloat || type.isBoolean;
    this.pixels = new Uint8Array(header.shape.reduce((a, b) => a * b, 1));
  }

  /** Whether the numbers are floating-point with none above 1, or booleans. */
  get areShares(): boolean {
    return this.#areShares;
  }

  get isFloat(): boolean {
    return this.#type.isFloat;
  }

  /** @throws FailureError that names a number which is not a pixel */
  take(view: DataView, first: number): void {
    const { bytes, read, name } = this.#type;
    const places = this.#places;
    if (name === 'uint8' && !places) {
      this.pixels.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), first);
      return;
    }
    const count = view.byteLength / bytes;
    for (let k = 0; k < count; k++) {
      const value = read(view, k * bytes, this.#isLittleEndian);
      const place = places ? places.next() : first + k;
      // The condition is written so that NaN is refused too.
      if (!(value >= 0 && value <= 255)) throw this.#noPixel(value, place);
      if (value > 1 && this.#areShares) this.takeAsBytes();
      this.pixels[place] = Math.round(this.#areShares ? value * 255 : value);
    }
  }

  /** Called when floating-point numbers turn out to go from 0 to 255: turns those that were stored times 255 back to rounded numbers. */
  takeAsBytes(): void {
    this.#areShares = false;
    const { pixels } = this;
    for (let k = 0; k < pixels.length; k++) pixels[k] = (pixels[k] ?? 0) >= HALF ? 1 : 0;
  }

  /** What a person is told of how the numbers were read; null if they are pixels as they are. */
  finding(): Failure | null {
    const { name, isFloat, isBoolean } = this.#type;
    if (!isFloat && !isBoolean) return null;
    const shares = isFloat
      ? `numbers from 0 to 1 (${name}), which are taken times 255 and rounded`
      : 'truth values, of which false is taken as 0 and true as 255';
    return {
      what: `The images are ${this.#areShares ? shares : `numbers from 0 to 255 (${name}), which are rounded`}.`,
      where: this.#where,
      remedy: 'Nothing need be done.',
    };
  }

  #noPixel(value: number, place: number): FailureError {
    const index = this.#shape.map((_, axis) => {
      const within = this.#shape.slice(axis + 1).reduce((a, b) => a * b, 1);
      return Math.floor(place / within) % (this.#shape[axis] ?? 1);
    });
    const { name, isFloat } = this.#type;
    return new FailureError({
      what: `The number at [${index.join(', ')}] is ${value} (${name}), but pixels go from 0 to 255${isFloat ? ', or as floating-point numbers from 0 to 1' : ''}.`,
      where: this.#where,
      remedy: `Write the pixels as bytes from 0 to 255${isFloat ? ', or as floating-point numbers from 0 to 1' : ''}, without taking a mean from them.`,
    });
  }
}

/** Places in row-major order of an array whose numbers come with the first axis fastest. */
class FortranPlaces {
  readonly #shape: readonly number[];
  readonly #strides: readonly number[];
  readonly #index: number[];
  #place = 0;

  constructor(shape: readonly number[]) {
    this.#shape = shape;
    this.#strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
    this.#index = shape.map(() => 0);
  }

  /** The place of the next number in the file. */
  next(): number {
    const place = this.#place;
    for (let axis = 0; axis < this.#shape.length; axis++) {
      const [at = 0, size = 0, stride = 0] = [
        this.#index[axis],
        this.#shape[axis],
        this.#strides[axis],
      ];
      if (at + 1 < size) {
        this.#index[axis] = at + 1;
        this.#place += stride;
        break;
      }
      this.#index[axis] = 0;
      this.#place -= at * stride;
    }
    return place;
  }
}
