import { untrack } from 'svelte';
import { patchPlaces, type patchSizes, type patchStrides } from '../../shared/occlusion.ts';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { DrawnForm } from '../../shared/drawn-image.ts';
import type { ValueMap } from '../chart/activation-maps.ts';
import type { InsideParts } from './insides.svelte.ts';

export type PatchSize = (typeof patchSizes)[number];
export type PatchStride = (typeof patchStrides)[number];

/** What a class's probability lost at each place of a patch. */
export interface Occluded extends ValueMap {
  class: number;
  /** Of the class, without a patch. */
  probability: number;
  size: PatchSize;
  stride: PatchStride;
  /** The training step of the weights that answered last. */
  step: number;
  pixels: Uint8Array;
}

/** Places of one question: some 70 ms of the trainer's time. */
const PLACES_AT_ONCE = 256;
/** More places than these are measured only when asked. */
const MOST_UNASKED = 1_000;
/** Milliseconds without a change, after which it is measured unasked. */
const QUIET = 250;

/** What a patch is filled with: what a drawing has where there is no ink, and grey for photographs. */
export const patchFill = ({ channels, appearance }: DrawnForm): number => {
  if (channels > 1) return 128;
  return appearance.inverted ? 255 : 0;
};

/** Slides a patch over the picture: unasked while no run trains, for that takes as long as some training steps. */
export class Occlusion {
  readonly #parts: InsideParts;
  #size = $state<PatchSize>(5);
  #stride = $state<PatchStride>(1);
  #measured = $state.raw<{ key: string; it: Occluded } | null>(null);
  #failure = $state.raw<{ key: string; it: Failure } | null>(null);
  /** Share that is done; null: nothing is measured just now. */
  #progress = $state<number | null>(null);
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Equal numbers are the same picture. */
  readonly #numbers = new WeakMap<Uint8Array, number>();
  #pictures = 0;

  readonly #network = $derived.by(() => JSON.stringify(this.#parts.training.network));
  /** Between two epochs, too: the next one would begin before all of it is measured. */
  readonly #isTraining = $derived.by(
    () => this.#parts.training.busy && this.#parts.training.phase !== 'paused',
  );
  /** What is measured, in a text; null: there is nothing. */
  readonly #key = $derived.by(() => {
    const { recognition, insights } = this.#parts;
    const { pixels } = recognition;
    if (pixels === null || this.#network === 'null') return null;
    const picture = this.#numberOf(pixels);
    return JSON.stringify([
      ...[picture, insights.chosenClass, this.#size, this.#stride],
      this.#network,
    ]);
  });

  constructor(parts: InsideParts) {
    this.#parts = parts;
  }

  get size(): PatchSize {
    return this.#size;
  }
  set size(size: PatchSize) {
    this.#size = size;
  }
  get stride(): PatchStride {
    return this.#stride;
  }
  set stride(stride: PatchStride) {
    this.#stride = stride;
  }
  /** Of the picture and the class that are there now; null: it is not measured. */
  get measured(): Occluded | null {
    const measured = this.#measured;
    return measured !== null && measured.key === this.#key ? measured.it : null;
  }
  get failure(): Failure | null {
    const failure = this.#failure;
    return failure !== null && failure.key === this.#key ? failure.it : null;
  }
  /** 0 to 1; null: nothing is measured just now. */
  get progress(): number | null {
    return this.#progress;
  }

  /**
   * Measures from now on what is changed, unless a run trains.
   * @returns ends it
   */
  watch(): () => void {
    const end = $effect.root(() => {
      $effect(() => {
        const isWanted = this.#key !== null && !this.#isTraining;
        untrack(() => {
          this.stop();
          if (isWanted && this.measured === null && this.#places() <= MOST_UNASKED)
            this.#timer = setTimeout(() => void this.measure(), QUIET);
        });
      });
    });
    return () => {
      this.stop();
      end();
    };
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#turn++;
    this.#progress = null;
  }

  /** Asks part by part, so that training goes on between them and it can be stopped. */
  async measure(): Promise<void> {
    const key = this.#key;
    const { pixels } = this.#parts.recognition;
    if (key === null || pixels === null) return;
    this.stop();
    const turn = this.#turn;
    this.#progress = 0;
    try {
      const it = await this.#measureAll(pixels, () => turn === this.#turn);
      if (it && turn === this.#turn) this.#measured = { key, it };
    } catch (error) {
      if (turn === this.#turn) this.#failure = { key, it: toFailure(error, 'occlusion') };
    } finally {
      if (turn === this.#turn) this.#progress = null;
    }
  }

  async #measureAll(pixels: Uint8Array, isWanted: () => boolean): Promise<Occluded | null> {
    const { api, recognition, insights } = this.#parts;
    const { form } = recognition;
    const [size, stride] = [this.#size, this.#stride];
    const [height, width] = patchPlaces(form, stride);
    const image = { height: form.height, width: form.width, channels: form.channels, pixels };
    const values = new Float32Array(height * width);
    const rows = Math.max(1, Math.floor(PLACES_AT_ONCE / width));
    let [of, probability, step] = [insights.chosenClass, 0, 0];
    for (let from = 0; from < height; from += rows) {
      const question = { image, class: of, size, stride, fill: patchFill(form), from, rows };
      const answer = await api.ask({ type: 'occlusion', ...question });
      if (!isWanted() || answer.class === null) return null;
      values.set(answer.values, from * width);
      ({ class: of, probability, step } = answer);
      this.#progress = Math.min(1, (from + rows) / height);
    }
    return of === null
      ? null
      : { height, width, values, class: of, probability, size, stride, step, pixels };
  }

  #places(): number {
    const [rows, columns] = patchPlaces(this.#parts.recognition.form, this.#stride);
    return rows * columns;
  }

  #numberOf(pixels: Uint8Array): number {
    const known = this.#numbers.get(pixels);
    if (known !== undefined) return known;
    this.#numbers.set(pixels, ++this.#pictures);
    return this.#pictures;
  }
}
