import { untrack } from 'svelte';
import type { Api } from '../api.ts';
import {
  askInsight,
  type Insight,
  type InsightQuestion,
  type Layers,
  type Looked,
} from './ask-insight.ts';
import type { Notices } from './notices.svelte.ts';
import type { Recognition } from './recognition.svelte.ts';
import { OneAtATime, Repeated, throttled } from './throttle.ts';
import type { TrainingStatus } from './training-status.svelte.ts';

const WHILE_DRAWING = 40;
/** One pass through the network, some 2 ms: a hundredth of the training. */
const WHILE_TRAINING = 200;
/** While the weights change, where it looked may be so old, in milliseconds: it takes as long as five answers of the layers. */
const LOOKED_KEEPS = 1_500;

/** What each layer answers and where the network looked: asked while it is watched, one question at a time. */
export class Insights {
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #recognition: Recognition;
  readonly #training: TrainingStatus;
  readonly #phase = $derived.by(() => this.#training.phase);
  /** Told again with every change of anything: equal text is the same network. */
  readonly #network = $derived.by(() => JSON.stringify(this.#training.network));
  #chosenClass = $state<number | null>(null);
  #answered = $state.raw<{ question: InsightQuestion; insight: Insight } | null>(null);
  readonly #insight = $derived.by(() => {
    const answered = this.#answered;
    return answered !== null && this.#isOfPresent(answered.question) ? answered.insight : null;
  });
  /** When it was asked where the network looked. */
  #lookedAt = -Infinity;
  #isWatched = false;
  readonly #asking = new OneAtATime(
    () => this.#askAll(),
    () => this.#ask(),
  );
  readonly #ask = throttled(
    () => (this.#phase === 'training' ? WHILE_TRAINING : WHILE_DRAWING),
    () => void this.#asking.run(),
  );
  readonly #polling = new Repeated(WHILE_TRAINING, () => this.#asking.run());

  constructor(api: Api, notices: Notices, recognition: Recognition, training: TrainingStatus) {
    this.#api = api;
    this.#notices = notices;
    this.#recognition = recognition;
    this.#training = training;
  }

  /** The newest answers, of a drawing that may have changed a little since; null where there are none. */
  get insight(): Insight | null {
    return this.#insight;
  }

  /** The class that it is asked for where the network looked; null: for the one that wins. */
  get chosenClass(): number | null {
    return this.#classAsked();
  }
  set chosenClass(label: number | null) {
    this.#chosenClass = label;
  }

  /**
   * Asks from now on, whenever the drawing, the network or the class is another, and while the weights change.
   * @returns ends it
   */
  watch(): () => void {
    this.#isWatched = true;
    const endEffect = $effect.root(() => {
      $effect(() => {
        const question = this.#question();
        const phase = this.#phase;
        untrack(() => {
          this.#polling.wanted = phase === 'training';
          if (question !== null) this.#ask();
        });
      });
    });
    return () => {
      this.#isWatched = false;
      this.#ask.cancel();
      this.#polling.wanted = false;
      endEffect();
    };
  }

  /** A class that this network does not have was chosen for another one. */
  #classAsked(): number | null {
    const classes = this.#recognition.images?.classNames.length ?? 0;
    return this.#chosenClass !== null && this.#chosenClass < classes ? this.#chosenClass : null;
  }

  /** Null: there is nothing to ask about, or no network. */
  #question(): InsightQuestion | null {
    const { pixels, form } = this.#recognition;
    const network = this.#network;
    if (pixels === null || network === 'null') return null;
    return { pixels, form, network, class: this.#classAsked() };
  }

  #isOfPresent({ form, network }: InsightQuestion): boolean {
    const { pixels, form: formNow } = this.#recognition;
    return pixels !== null && form === formNow && network === this.#network;
  }

  /** While a run trains, where it looked is not asked for with every answer of the layers. */
  #lookedFor(question: InsightQuestion): Looked | null {
    const isFresh = performance.now() - this.#lookedAt < LOOKED_KEEPS;
    if (this.#phase !== 'training' || !isFresh || this.#answered === null) return null;
    const { question: before, insight } = this.#answered;
    const isSame =
      before.pixels === question.pixels &&
      before.class === question.class &&
      before.network === question.network;
    return isSame ? insight : null;
  }

  /** The maps follow the pen; where it looked comes a moment later. */
  #showLayers(question: InsightQuestion, layers: Layers): void {
    const insight = this.#insight;
    if (insight !== null && this.#isOfPresent(question))
      this.#answered = { question, insight: { ...insight, ...layers } };
  }

  async #askAll(): Promise<void> {
    const question = this.#question();
    if (question === null || !this.#isWatched || this.#phase === 'crashed') return;
    const looked = this.#lookedFor(question);
    if (looked === null) this.#lookedAt = performance.now();
    const insight = await this.#notices.attemptQuietly(
      'Layers',
      () =>
        askInsight(
          this.#api,
          question,
          () => this.#isWatched,
          looked,
          (layers) => this.#showLayers(question, layers),
        ),
      () => this.#phase === 'crashed' || !this.#isOfPresent(question),
    );
    if (insight && this.#isOfPresent(question)) this.#answered = { question, insight };
  }
}
