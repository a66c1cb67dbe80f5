import { brightnessOf, kernelOf, type Plane } from '../../shared/convolve.ts';
import { slideOver } from '../../shared/sliding.ts';
import { greatest } from '../chart/channel-plane.ts';
import { LearnAnswer } from './learn-answer.svelte.ts';
import type { Learning } from './learning.svelte.ts';

/** The first convolution with the digit in front of it, and TensorFlow's own answer to it. */
export class LearnConvolution {
  readonly #learning: Learning;
  readonly #weights: LearnAnswer<{ type: 'layer-weights'; layer: number }>;
  readonly #answer;
  readonly digit = $derived.by(() => {
    const { picture } = this.#learning.digit;
    return brightnessOf(picture.pixels, picture);
  });
  readonly slides = $derived.by(() => {
    const { height, width } = this.digit;
    return slideOver(this.#learning.convolution, [height, width, 1]);
  });
  /** All kernels; empty until they are known. */
  readonly kernels = $derived.by((): Plane[] => {
    const shape = this.#weights.answer?.shape;
    const { convolution } = this.#learning;
    // Those of another network may be still on their way.
    if (shape?.length !== 4 || shape[3] !== convolution.filters) return [];
    const values = this.#weights.answer?.values ?? new Float32Array();
    return Array.from({ length: shape[3] }, (_, filter) => kernelOf(values, shape, filter));
  });
  /** The greatest weight of any kernel, sign aside: one scale for all. */
  readonly limit = $derived.by(() =>
    this.kernels.reduce((most, { values }) => Math.max(most, greatest(values)), 0),
  );

  constructor(learning: Learning) {
    this.#learning = learning;
    this.#weights = new LearnAnswer(learning, () => ({ type: 'layer-weights', layer: 0 }));
    this.#answer = new LearnAnswer(learning, () => ({
      type: 'activations' as const,
      image: learning.digit.picture,
      layer: 0,
    }));
  }

  /** Asks from now on; returns what ends it. */
  watch(): () => void {
    const ends = [this.#weights.watch(), this.#answer.watch()];
    return () => ends.forEach((end) => end());
  }

  /** The chosen filter's; null until it is known. */
  get kernel(): Plane | null {
    return this.kernels[this.#learning.filter] ?? null;
  }
  get bias(): number {
    return this.#weights.answer?.biases[this.#learning.filter] ?? 0;
  }
  /** What TensorFlow itself answers at one place of the chosen filter's map; null until it is known. */
  engineAt(row: number, column: number): number | null {
    const { shape, values } = this.#answer.answer ?? { shape: null, values: new Float32Array() };
    if (shape?.length !== 3 || shape[2] !== this.#learning.convolution.filters) return null;
    return values[(row * shape[1] + column) * shape[2] + this.#learning.filter] ?? null;
  }
}
