import { softmax } from '../../shared/activations.ts';
import { backpropagate, type WayBack } from '../../shared/backward/backpropagate.ts';
import { beforeActivation } from '../../shared/backward/layer.ts';
import { partsOfWeight, type SharedWeight } from '../../shared/backward/linear.ts';
import { walkLayers, type LayerShape } from '../../shared/network-shape.ts';
import type { AnswerTo } from '../../shared/questions.ts';
import { LearnAnswer } from './learn-answer.svelte.ts';
import type { Learning } from './learning.svelte.ts';

type Answer = AnswerTo<'backpropagation'>;

/** The digit's way through the network and back, for a true class: what the later pages of Learn are told on. */
export class LearnWay {
  readonly #learning: Learning;
  readonly #asked: LearnAnswer<{
    type: 'backpropagation';
    image: Learning['digit']['picture'];
    class: number;
  }>;
  #chosen = $state<number | null>(null);
  readonly #shapes = $derived.by((): LayerShape[] => {
    const { layers, images } = this.#learning.network;
    return walkLayers(layers, [images.height, images.width, images.channels]).shapes;
  });
  /** An answer of the network before is none of this one. */
  readonly #answer = $derived.by((): Answer | null => {
    const { answer } = this.#asked;
    const fits =
      answer?.layers.length === this.#shapes.length &&
      answer.layers.every(
        ({ output }, k) => output.length === this.#shapes[k]?.output.reduce((a, b) => a * b, 1),
      );
    return answer && fits && answer.layers.length > 0 ? answer : null;
  });
  readonly #class = $derived.by(() => this.#chosen ?? this.#named() ?? this.#winner ?? 0);
  readonly #probabilities = $derived.by(() => {
    const scores = this.#answer?.layers.at(-1)?.output;
    return scores ? softmax(scores) : null;
  });
  readonly #winner = $derived.by(() => {
    const all = this.#probabilities;
    return all ? all.indexOf(all.reduce((a, b) => Math.max(a, b))) : null;
  });
  readonly #pixels = $derived.by(() =>
    Float64Array.from(this.#learning.digit.picture.pixels, (byte) => byte / 255),
  );
  readonly #back = $derived.by(
    (): WayBack | null =>
      this.#answer &&
      backpropagate(this.#shapes, this.#answer, this.#pixels, this.#answer.class ?? this.#class),
  );

  constructor(learning: Learning) {
    this.#learning = learning;
    this.#asked = new LearnAnswer(learning, () => ({
      type: 'backpropagation',
      image: learning.digit.picture,
      class: this.#class,
    }));
  }

  /** Asks from now on, and returns what ends it. */
  watch(): () => void {
    return this.#asked.watch();
  }

  get shapes(): readonly LayerShape[] {
    return this.#shapes;
  }
  /** The engine's numbers; null: it has not answered yet. */
  get answer(): Answer | null {
    return this.#answer;
  }
  /** The image's brightness, 0 to 1. */
  get pixels(): Float64Array {
    return this.#pixels;
  }
  /** What a layer is given. */
  inputOf(layer: number): ArrayLike<number> {
    return this.#answer?.layers[layer - 1]?.output ?? this.#pixels;
  }
  /** The gradients by the rules in shared/backward; null while there is no answer. */
  get back(): WayBack | null {
    return this.#back;
  }
  /**
   * The gradient of a weight of the first convolution, which is the sum of what each place of its output adds; null while there is no
   * answer.
   */
  firstGradient(weight: SharedWeight): { parts: Float64Array; sum: number; engine: number } | null {
    const [shape] = this.#shapes;
    const way = this.#answer?.layers[0];
    const weights = way?.variables.find(({ name }) => name === 'weights');
    if (!shape || !weights?.gradient || shape.layer.type !== 'convolution') return null;
    const { channel, cell, filter } = weight;
    // From the engine's gradient at its output: the whole way back would be gone for each answer while a run trains.
    const dz = beforeActivation(shape, way?.beforeActivation ?? null, way?.gradient ?? []);
    const parts = partsOfWeight(shape, shape.layer, weight, this.#pixels, dz);
    const at = (cell * (shape.input.at(-1) ?? 1) + channel) * shape.layer.filters + filter;
    const sum = parts.reduce((total, part) => total + part, 0);
    return { parts, sum, engine: weights.gradient[at] ?? 0 };
  }
  /** One a class; null while there is no answer. */
  get probabilities(): Float64Array | null {
    return this.#probabilities;
  }
  /** The true class: as chosen, as the sample's name says, or as the network reads what a person drew. */
  get class(): number {
    return this.#class;
  }
  set class(of: number) {
    this.#chosen = of;
  }

  #named(): number | null {
    const { name } = this.#learning.digit;
    const at = name === null ? -1 : this.#learning.network.images.classNames.indexOf(name);
    return at < 0 ? null : at;
  }
}
