import type { TrainingPhase } from '../../shared/contract.ts';
import type { Api } from '../api.ts';
import { Repeated, throttled } from '../lib/pace.ts';
import type { Notices } from './notices.svelte.ts';

const WHILE_DRAWING = 80;
const WHILE_TRAINING = 500;

/** What the network reads in the drawing: asked anew while it is drawn, and while the weights change. */
export class Recognition {
  readonly #api: Api;
  readonly #notices: Notices;
  #pixels = $state.raw<Uint8Array | null>(null);
  #probabilities = $state.raw<readonly number[]>([]);
  #phase: TrainingPhase | null = null;
  #asking = false;
  /** The drawing has changed since the question under way. */
  #stale = false;
  readonly #ask = throttled(WHILE_DRAWING, () => void this.#predict());
  readonly #polling = new Repeated(WHILE_TRAINING, () => this.#predict());

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
    api.on('training', ({ phase }) => this.take(phase));
  }

  /** The drawing at 28×28; null while nothing is drawn. */
  get pixels(): Uint8Array | null {
    return this.#pixels;
  }
  /** One a class; empty while nothing is drawn, or where there is no network yet. */
  get probabilities(): readonly number[] {
    return this.#probabilities;
  }

  /** A getter, for the compiler believes that a field stays as it was before an await. */
  get #isStale(): boolean {
    return this.#stale;
  }

  read(pixels: Uint8Array | null): void {
    this.#pixels = pixels;
    if (pixels === null) this.#probabilities = [];
    else this.#ask();
  }

  take(phase: TrainingPhase): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#polling.wanted = phase === 'training';
    if (phase === 'idle' || phase === 'paused') this.#ask();
  }

  async #predict(): Promise<void> {
    const pixels = this.#pixels;
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
