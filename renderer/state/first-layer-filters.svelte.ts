import type { TrainingPhase } from '../../shared/training-phase.ts';
import type { Api } from '../api.ts';
import { kernelsOf, limitOf, type Kernel } from '../chart/filters.ts';
import { Repeated } from './throttle.ts';
import type { Notices } from './notices.svelte.ts';

const WHILE_TRAINING = 600;

/** The first layer's filters, asked for anew while they change. */
export class FirstLayerFilters {
  readonly #api: Api;
  readonly #notices: Notices;
  #kernels = $state.raw<readonly Kernel[]>([]);
  #hasNetwork = $state(false);
  #step = $state(0);
  readonly #limit = $derived(limitOf(this.#kernels));
  #phase: TrainingPhase | null = null;
  readonly #polling = new Repeated(WHILE_TRAINING, () => this.readAgain());

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
    api.on('training', ({ phase }) => this.take(phase));
  }

  /** There is one to ask, whether or not it has filters. */
  get hasNetwork(): boolean {
    return this.#hasNetwork;
  }
  /** Empty where there is no network, or one without a convolution. */
  get kernels(): readonly Kernel[] {
    return this.#kernels;
  }
  get step(): number {
    return this.#step;
  }
  /** The colour scale's end, one for all filters. */
  get limit(): number {
    return this.#limit;
  }

  take(phase: TrainingPhase): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#polling.wanted = phase === 'training';
    // A crashed trainer cannot answer: what was last seen stays.
    if (phase === 'idle' || phase === 'paused') void this.readAgain();
  }

  /** Asks for them now. */
  async readAgain(): Promise<void> {
    const filters = await this.#notices.attemptQuietly(
      'Filters',
      () => this.#api.ask({ type: 'filters' }),
      () => this.#phase === 'crashed',
    );
    if (filters === undefined || this.#phase === 'crashed') return;
    this.#hasNetwork = filters.hasNetwork;
    this.#kernels = kernelsOf(filters);
    this.#step = filters.step;
  }
}
