import {
  initialLearnProgress,
  type LearnProgress,
  type LearnSectionId,
} from '../../shared/learn-progress.ts';
import type { LayerOf } from '../../shared/config.ts';
import type { LearnNetwork } from '../../shared/learn-network.ts';
import type { AnswerTo, Question } from '../../shared/questions.ts';
import { shippedImages, shippedNetwork } from '../../shared/shipped-network.ts';
import type { Api } from '../api.ts';
import { neighbour } from '../text/learn-sections.ts';
import { LearnDigit } from './learn-digit.svelte.ts';
import type { Notices } from './notices.svelte.ts';
import type { Recognition } from './recognition.svelte.ts';
import type { TrainingStatus } from './training-status.svelte.ts';

interface Parts {
  readonly notices: Notices;
  readonly recognition: Recognition;
  readonly training: TrainingStatus;
}

/** Learn: the section that is open, those that are done, and the network and digit that they are told on. */
export class Learning {
  readonly #api: Api;
  readonly #parts: Parts;
  #progress = $state.raw<LearnProgress>(initialLearnProgress);
  #step = $state<number | null>(null);
  #filter = $state(0);
  #isPrepared = false;
  /** Equal text is the same network: it is told again with every change of anything. */
  readonly #ownText = $derived.by(() => {
    const { network } = this.#parts.training;
    const { images } = this.#parts.recognition;
    // Every section begins with a convolution over grey pixels.
    const isUsable = network?.layers[0]?.type === 'convolution' && images?.channels === 1;
    return isUsable ? JSON.stringify({ layers: network.layers, images }) : '';
  });
  readonly #network = $derived.by(() =>
    this.#ownText === ''
      ? { isOwn: false, layers: shippedNetwork.layers, images: shippedImages }
      : { isOwn: true, ...(JSON.parse(this.#ownText) as Omit<LearnNetwork, 'isOwn'>) },
  );
  readonly digit: LearnDigit;

  constructor(api: Api, parts: Parts) {
    this.#api = api;
    this.#parts = parts;
    this.digit = new LearnDigit(parts.recognition, () => this.#network.images);
  }

  load(progress: LearnProgress): void {
    this.#progress = progress;
  }

  get open(): LearnSectionId {
    return this.#progress.open;
  }
  isDone(id: LearnSectionId): boolean {
    return this.#progress.done.includes(id);
  }
  /** Shows a section; the one before stays as done as it was. */
  goTo(id: LearnSectionId): void {
    if (id !== this.open) this.#keep({ ...this.#progress, open: id });
  }
  /** The open section is done, and the next one is shown, if there is one. */
  next(): void {
    const { open, done } = this.#progress;
    const next = neighbour(open, 1)?.id ?? open;
    this.#keep({ open: next, done: done.includes(open) ? done : [...done, open] });
  }
  back(): void {
    const before = neighbour(this.open, -1);
    if (before) this.goTo(before.id);
  }

  /** The network that is shown: the person's own, or the small one that the app ships with. */
  get network(): LearnNetwork {
    return this.#network;
  }
  /** The person has a network, but not one that these sections can be told on. */
  get passesOver(): boolean {
    return !this.#network.isOwn && this.#parts.training.network !== null;
  }
  /** The first convolution, on which most sections are told. */
  get convolution(): LayerOf<'convolution'> {
    const [first] = this.#network.layers;
    if (first?.type !== 'convolution') throw new Error('Learn is told on a convolution.');
    return first;
  }
  /** Its filter that is looked at, from 0. */
  get filter(): number {
    return Math.min(this.#filter, this.convolution.filters - 1);
  }
  set filter(filter: number) {
    this.#filter = filter;
  }
  /** The training step of the weights that answered last; null: nothing was answered yet. */
  get step(): number | null {
    return this.#step;
  }
  /** The weights change, so that what was answered is soon out of date. */
  get isChanging(): boolean {
    return this.#network.isOwn && this.#parts.training.phase === 'training';
  }
  /** Another value whenever other weights may answer, besides those of training; empty: it is not known yet whose they will be. */
  readonly weights = $derived.by(() => {
    const { phase } = this.#parts.training;
    return phase === 'opening' ? '' : `${this.#ownText} ${phase}`;
  });
  /** The person's folder is being looked into: there may be a network in it. */
  get isOpening(): boolean {
    return this.#parts.training.phase === 'opening';
  }

  /** For whoever is about to open Learn: TensorFlow and the network that ships are loaded meanwhile, which takes a second. */
  prepare(): void {
    const { phase } = this.#parts.training;
    if (this.#isPrepared || this.#network.isOwn || phase !== 'idle') return;
    this.#isPrepared = true;
    // What goes wrong is told when Learn itself asks.
    this.#api.askShipped({ type: 'layer-weights', layer: 0 }).catch(() => undefined);
  }

  /**
   * Asks the network that is shown.
   * @returns null where it could not be asked, which is told in a notice
   */
  async ask<Q extends Question>(question: Q): Promise<AnswerTo<Q['type']> | null> {
    const { isOwn } = this.#network;
    const of = this.#ownText;
    const answer = await this.#parts.notices.attemptQuietly(
      'Learn',
      () => (isOwn ? this.#api.ask(question) : this.#api.askShipped(question)),
      () => this.#parts.training.phase === 'crashed' || of !== this.#ownText,
    );
    if (answer === undefined || of !== this.#ownText) return null;
    this.#step = answer.step;
    return answer;
  }

  #keep(progress: LearnProgress): void {
    this.#progress = progress;
    void this.#parts.notices.attempt('Settings', () =>
      this.#api.call('saveLearnProgress', progress),
    );
  }
}
