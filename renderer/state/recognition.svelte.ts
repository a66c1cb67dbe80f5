import type { TrainingPhase } from '../../shared/contract.ts';
import type { Api } from '../api.ts';
import { Repeated, throttled } from '../lib/pace.ts';
import type { Drawing } from './drawing.svelte.ts';
import type { Notices } from './notices.svelte.ts';

const WHILE_DRAWING = 80;
const WHILE_TRAINING = 500;

/** What the network reads in the drawing: asked anew while it is drawn, and while the weights change. */
export class Recognition {
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #drawing: Drawing;
  #probabilities = $state.raw<readonly number[]>([]);
  #phase: TrainingPhase | null = null;
  #asking = false;
  /** The drawing has changed since the question under way. */
  #stale = false;
  readonly #ask = throttled(WHILE_DRAWING, () => void this.#predict());
  readonly #polling = new Repeated(WHILE_TRAINING, () => this.#predict());

  constructor(api: Api, notices: Notices, drawing: Drawing) {
    this.#api = api;
    this.#notices = notices;
    this.#drawing = drawing;
    api.on('training', ({ phase }) => this.take(phase));
  }

  /** The drawing at 28×28, as the network is asked about it and as it is shown; null while no digit is drawn. */
  get pixels(): Uint8Array | null {
    const { reading } = this.#drawing;
    return reading.kind === 'digit' ? reading.pixels : null;
  }
  /** One a class; empty while no digit is drawn, or where there is no network yet. */
  get probabilities(): readonly number[] {
    return this.#probabilities;
  }

  /** A getter, for the compiler believes that a field stays as it was before an await. */
  get #isStale(): boolean {
    return this.#stale;
  }

  /** The drawing has changed. */
  readAgain(): void {
    if (this.pixels === null) this.#probabilities = [];
    else this.#ask();
  }

  take(phase: TrainingPhase): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#polling.wanted = phase === 'training';
    if (phase === 'idle' || phase === 'paused') this.#ask();
  }

  async #predict(): Promise<void> {
    const { pixels } = this;
    if (pixels === null || this.#phase === 'crashed') return;
    if (this.#asking) {
      this.#stale = true;
      return;
    }
    this.#asking = true;
    this.#stale = false;
    const answer = await this.#notices.attemptQuietly(
      'Prediction',
      () => this.#api.call('predict', { pixels }),
      () => this.#phase === 'crashed',
    );
    this.#asking = false;
    if (answer && this.pixels !== null) this.#probabilities = answer.probabilities;
    if (this.#isStale) this.#ask();
  }
}
