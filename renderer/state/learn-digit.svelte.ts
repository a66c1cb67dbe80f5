import type { Images } from '../../shared/appearance.ts';
import { drawnImage } from '../../shared/drawn-image.ts';
import type { Picture } from '../../shared/questions.ts';
import { sampleDigits } from '../../shared/sample-digits.ts';
import type { Recognition } from './recognition.svelte.ts';

/** The digit that Learn is told on: what is on the pad in Draw, or one that the app ships with. */
export class LearnDigit {
  readonly #recognition: Recognition;
  readonly #images: () => Images;
  /** Place among the samples; null: the drawing, where there is one. */
  #sample = $state<number | null>(null);
  readonly #drawn = $derived.by(() => {
    const { height, width, channels } = this.#images();
    const { pixels } = this.#recognition;
    return pixels?.length === height * width * channels ? pixels : null;
  });
  readonly #shown = $derived.by(() => sampleDigits[this.#sample ?? 0] ?? sampleDigits[0]);
  readonly #picture = $derived.by((): Picture => {
    const { height, width, channels } = this.#images();
    const pixels = this.isOwn ? this.#drawn : drawnImage(this.#shown.strokes, this.#images());
    return { height, width, channels, pixels: pixels ?? new Uint8Array(height * width * channels) };
  });

  /** @param images those that the network takes */
  constructor(recognition: Recognition, images: () => Images) {
    this.#recognition = recognition;
    this.#images = images;
  }

  /** As the network takes it. */
  get picture(): Picture {
    return this.#picture;
  }
  /** Whether it is the person's own drawing. */
  get isOwn(): boolean {
    return this.#sample === null && this.#drawn !== null;
  }
  /** What it is; null: nobody has said what the person drew. */
  get name(): string | null {
    return this.isOwn ? null : this.#shown.name;
  }
  /** Shows the next of the samples, and after the last one the person's drawing, if there is one. */
  another(): void {
    const next = this.isOwn ? 0 : (this.#sample ?? 0) + 1;
    if (next < sampleDigits.length) this.#sample = next;
    else this.#sample = this.#drawn === null ? 0 : null;
  }
}
