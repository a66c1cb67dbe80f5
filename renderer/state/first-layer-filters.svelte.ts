import type { TrainingPhase } from '../../shared/training-phase.ts';
import type { Api } from '../api.ts';
import type { AnswerTo } from '../../shared/questions.ts';
import { kernelsOf, type Kernel } from '../chart/filters.ts';
import { onBeat } from './beat.ts';
import { Repeated } from './throttle.ts';
import type { Notices } from './notices.svelte.ts';

/** Milliseconds. */
const WHILE_TRAINING = 800;

/** [height, width, channels, filters] and the weights, row by row. */
export interface Weights {
  shape: readonly [number, number, number, number];
  values: Float32Array;
}

/** The first layer's filters, asked for anew while they change and somebody looks at them. */
export class FirstLayerFilters {
  readonly #api: Api;
  readonly #notices: Notices;
  #answer = $state.raw<AnswerTo<'filters'> | null>(null);
  readonly #kernels = $derived(this.#answer === null ? [] : kernelsOf(this.#answer));
  #phase: TrainingPhase | null = null;
  #watchers = 0;
  /** The newest answer, where it is not shown yet; null: there is none. */
  #heard: AnswerTo<'filters'> | null = null;
  readonly #showSoon = onBeat(2, () => this.#show());
  /** Called whenever they were asked for. */
  onRead: () => void = () => undefined;
  readonly #polling = new Repeated(WHILE_TRAINING, () => this.readAgain());

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
    api.on('training', ({ phase }) => this.take(phase));
  }

  /** There is one to ask, whether or not it has filters. */
  get hasNetwork(): boolean {
    return this.#answer?.hasNetwork ?? false;
  }
  /** Empty where there is no network, or one without a convolution. */
  get kernels(): readonly Kernel[] {
    return this.#kernels;
  }
  /** As `kernels`, as they are computed with; null where there are none. */
  get weights(): Weights | null {
    const { shape = null, values } = this.#answer ?? {};
    return shape && values ? { shape, values } : null;
  }
  get step(): number {
    return this.#answer?.step ?? 0;
  }
  get isTraining(): boolean {
    return this.#phase === 'training' || this.#phase === 'evaluating' || this.#phase === 'saving';
  }

  take(phase: TrainingPhase): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#pollIfWatched();
    // A crashed trainer cannot answer: what was last seen stays.
    if (phase === 'idle' || phase === 'paused') void this.readAgain();
  }

  /**
   * Asks from now on while they change.
   * @returns ends it
   */
  watch(): () => void {
    this.#watchers += 1;
    if (this.#watchers === 1 && this.#phase === 'training') void this.readAgain();
    this.#pollIfWatched();
    return () => {
      this.#watchers -= 1;
      this.#pollIfWatched();
    };
  }

  #pollIfWatched(): void {
    this.#polling.wanted = this.#phase === 'training' && this.#watchers > 0;
  }

  /** Asks for them now. */
  async readAgain(): Promise<void> {
    const filters = await this.#notices.attemptQuietly(
      'Filters',
      () => this.#api.ask({ type: 'filters' }),
      () => this.#phase === 'crashed',
    );
    if (filters === undefined || this.#phase === 'crashed') return;
    this.#heard = filters;
    if (this.#phase === 'training') this.#showSoon();
    else this.#show();
  }

  #show(): void {
    if (!this.#heard) return;
    this.#answer = this.#heard;
    this.#heard = null;
    this.onRead();
  }
}
