import { paintImage } from '../drawing/paint-image.ts';

/** Bytes of pixels that are asked for at once, and kept. */
const BYTES_AT_ONCE = 4e6;
const MOST_AT_ONCE = 120;
const LEAST_AT_ONCE = 4;
const BYTES_KEPT = 64e6;

/** An image as it is drawn. */
export interface ShownImage {
  /** As the network takes it. */
  pixels: Uint8Array;
  /** RGBA, row by row. */
  bytes: Uint8ClampedArray<ArrayBuffer>;
}

/** The images of a part that were fetched, by their numbers, and those that are wanted; of many, the oldest are forgotten. */
export class ImageStore {
  readonly #size: number;
  readonly #channels: number;
  readonly #images = new Map<number, ShownImage>();
  #wanted: number[] = [];

  constructor({ height, width, channels }: { height: number; width: number; channels: number }) {
    this.#size = height * width * channels;
    this.#channels = channels;
  }

  get(number: number): ShownImage | null {
    return this.#images.get(number) ?? null;
  }

  /** Instead of what was wanted before and has not been asked for. */
  want(numbers: Iterable<number>): void {
    this.#wanted = [...new Set(numbers)].filter((number) => !this.#images.has(number));
  }
  get isComplete(): boolean {
    return this.#wanted.length === 0;
  }
  /** Those to be asked for next, which are not wanted any more then. */
  takeWanted(): number[] {
    const most = Math.floor(BYTES_AT_ONCE / this.#size);
    return this.#wanted.splice(0, Math.min(MOST_AT_ONCE, Math.max(LEAST_AT_ONCE, most)));
  }

  /** @param pixels of one after the other */
  put(numbers: readonly number[], pixels: Uint8Array): void {
    const size = this.#size;
    numbers.forEach((number, k) => {
      const own = pixels.slice(k * size, (k + 1) * size);
      this.#images.set(number, { pixels: own, bytes: paintImage(own, this.#channels) });
    });
    const bytesEach = size + (size / this.#channels) * 4;
    const most = Math.max(2 * MOST_AT_ONCE, Math.floor(BYTES_KEPT / bytesEach));
    for (const number of this.#images.keys()) {
      if (this.#images.size <= most) return;
      this.#images.delete(number);
    }
  }
}
