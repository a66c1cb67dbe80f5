import { untrack } from 'svelte';
import type { Api } from '../api.ts';
import {
  askLayers,
  askLooked,
  type Insight,
  type InsightQuestion,
  type Layers,
  type Looked,
} from './ask-insight.ts';
import type { Notices } from './notices.svelte.ts';
import type { Recognition } from './recognition.svelte.ts';
import { atNextWhole, OneAtATime, Repeated, throttled } from './throttle.ts';
import type { TrainingStatus } from './training-status.svelte.ts';
import { hasPassedWhole } from './whole-moments.ts';

const WHILE_DRAWING = 40;
/** One pass through the network, some 2 ms: a hundredth of the training. */
const WHILE_TRAINING = 200;
/** While the weights change, where it looked may be so old, in milliseconds: it takes as long as five answers of the layers. */
const LOOKED_KEEPS = 2_500;

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
  /** The newest, which may not be shown yet. */
  #heard: { question: InsightQuestion; parts: Partial<Insight> } | null = null;
  /**
   * While a run trains they come between its steps, at any time: what is read and the numbers of the run change in the same frame (beat.ts).
   * What has missed its frame is shown at once, or the next would take its place.
   */
  readonly #showSoon = atNextWhole(
    (since) =>
      this.#phase !== 'training' || hasPassedWhole(WHILE_TRAINING, performance.now() - since)
        ? 0
        : WHILE_TRAINING,
    () => this.#show(),
  );
  /** When it was asked last where the network looked, and what for. */
  #looked: { at: number; question: InsightQuestion } | null = null;
  #isWatched = false;
  #areNumbersWanted = false;
  readonly #asking = new OneAtATime(
    () => this.#askAll(),
    () => this.#ask(),
  );
  /** Beside the layers' answers: while a run trains, each answer waits for the end of some steps. */
  readonly #looking = new OneAtATime(
    () => this.#look(),
    () => void this.#looking.run(),
  );
  readonly #ask = throttled(
    () => (this.#phase === 'training' ? WHILE_TRAINING : WHILE_DRAWING),
    () => void this.#asking.run(),
  );
  readonly #polling = new Repeated(WHILE_TRAINING, () => this.#asking.runIfFree());

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

  /** Whether single values are told, so that shades (shared/shades.ts) will not do while a run trains. */
  set areNumbersWanted(areWanted: boolean) {
    const areNew = areWanted && !this.#areNumbersWanted;
    this.#areNumbersWanted = areWanted;
    if (areNew && this.#phase === 'training') this.#ask();
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
          this.#recognition.isTold = phase === 'training' && question !== null;
          if (question !== null) this.#ask();
        });
      });
    });
    return () => {
      this.#isWatched = false;
      this.#ask.cancel();
      this.#polling.wanted = false;
      this.#recognition.isTold = false;
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
  #isLookedKnown(question: InsightQuestion): boolean {
    const looked = this.#looked;
    if (this.#phase !== 'training' || looked === null) return false;
    const before = looked.question;
    return (
      performance.now() - looked.at < LOOKED_KEEPS &&
      before.pixels === question.pixels &&
      before.class === question.class &&
      before.network === question.network
    );
  }

  async #askAll(): Promise<void> {
    const question = this.#askable();
    if (question === null) return;
    const inShades = this.#phase === 'training' && !this.#areNumbersWanted;
    const layers = await this.#attempt(question, (api, of) => askLayers(api, of, inShades));
    if (layers === null) return;
    this.#hear(question, layers);
    if (this.#isLookedKnown(question)) return;
    const looking = this.#looking.run();
    if (this.#phase !== 'training') await looking;
  }

  async #look(): Promise<void> {
    const question = this.#askable();
    if (question === null) return;
    this.#looked = { at: performance.now(), question };
    const looked = await this.#attempt(question, askLooked);
    if (looked !== null) this.#hear(question, looked);
  }

  #askable(): InsightQuestion | null {
    return this.#isWatched && this.#phase !== 'crashed' ? this.#question() : null;
  }

  /** @returns null where there is no answer, or it is not wanted any more */
  async #attempt<Answer>(
    question: InsightQuestion,
    ask: (api: Api, question: InsightQuestion) => Promise<Answer | null>,
  ): Promise<Answer | null> {
    const answer = await this.#notices.attemptQuietly(
      'Layers',
      () => ask(this.#api, question),
      () => this.#phase === 'crashed' || !this.#isOfPresent(question),
    );
    return this.#isWatched && this.#isOfPresent(question) ? (answer ?? null) : null;
  }

  /** The maps follow the pen; where it looked comes a moment later. */
  #hear(question: InsightQuestion, heard: Layers | Looked): void {
    const before = this.#heard;
    const known = before !== null && this.#isOfPresent(before.question) ? before.parts : {};
    this.#heard = { question, parts: { ...known, ...heard } };
    this.#showSoon();
  }
  #show(): void {
    if (this.#heard === null) return;
    const { question, parts } = this.#heard;
    if (isWhole(parts)) this.#answered = { question, insight: parts };
    if (this.#phase === 'training' && parts.probabilities)
      this.#recognition.tell(question.form, parts.probabilities);
  }
}

const isWhole = (parts: Partial<Insight>): parts is Insight =>
  'layers' in parts && 'saliency' in parts;
