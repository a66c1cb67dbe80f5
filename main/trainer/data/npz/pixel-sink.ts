import { FailureError, type Failure } from '../../../../shared/ipc.ts';
import type { ArraySink } from './npy-array.ts';
import type { NpyHeader } from './npy-header.ts';
import type { NumberType } from './npy-types.ts';

/** From so many 255ths on, a number from 0 to 1 is rounded to 1. */
const HALF = 128;

/** Makes pixels of an array's numbers as they come, in the order that they are to have in memory. */
export class PixelSink implements ArraySink {
  /** One byte for each number, the last axis fastest. */
  readonly pixels: Uint8Array;
  readonly #type: NumberType;
  readonly #isLittleEndian: boolean;
  readonly #shape: readonly number[];
  readonly #places: FortranPlaces | null;
  readonly #where: string;
  /** The numbers so far are from 0 to 1, and taken times 255. */
  #areShares: boolean;

  /**
   * @param type of the header's numbers.
   * @param where of the array, for errors
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

  /** Floating-point numbers of which none is above 1, or truth values. */
  get areShares(): boolean {
    return this.#areShares;
  }

  get isFloat(): boolean {
    return this.#type.isFloat;
  }

  /** @throws FailureError naming a number that is no pixel */
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
      // What is not a number is not between two.
      if (!(value >= 0 && value <= 255)) throw this.#noPixel(value, place);
      if (value > 1 && this.#areShares) this.takeAsBytes();
      this.pixels[place] = Math.round(this.#areShares ? value * 255 : value);
    }
  }

  /** Floating-point numbers are from 0 to 255 after all: what was taken times 255 is rounded as it was. */
  takeAsBytes(): void {
    this.#areShares = false;
    const { pixels } = this;
    for (let k = 0; k < pixels.length; k++) pixels[k] = (pixels[k] ?? 0) >= HALF ? 1 : 0;
  }

  /** What a person is told of how the numbers were taken; null where they are the pixels. */
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

/** Where the numbers of an array whose first axis is fastest come, where the last is to be. */
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

  /** Of the next number in the file. */
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
