import { usualAppearance, lookingLike, type Images } from '../../shared/appearance.ts';
import type { TrainingState } from '../../shared/contract.ts';
import { DIGIT_SIZE } from '../../shared/digit.ts';
import type { TrainingPhase } from '../../shared/training-phase.ts';
import type { Api } from '../api.ts';
import { Repeated, throttled } from './throttle.ts';
import type { Drawing } from './drawing.svelte.ts';
import type { Notices } from './notices.svelte.ts';

const WHILE_DRAWING = 80;
const WHILE_TRAINING = 500;

/** What the network reads in the drawing: asked anew while it is drawn, and while the weights change. */
export class Recognition {
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #drawing: Drawing;
  #images = $state.raw<Images | null>(null);
  readonly #pixels = $derived.by(() => {
    const { reading } = this.#drawing;
    return reading.kind === 'digit'
      ? lookingLike(reading.pixels, DIGIT_SIZE, this.#images?.appearance ?? usualAppearance)
      : null;
  });
  #probabilities = $state.raw<readonly number[]>([]);
  #phase: TrainingPhase | null = null;
  #isAsking = false;
  /** The drawing has changed since the question that is under way. */
  #isStale = false;
  readonly #ask = throttled(WHILE_DRAWING, () => void this.#predict());
  readonly #polling = new Repeated(WHILE_TRAINING, () => this.#predict());

  constructor(api: Api, notices: Notices, drawing: Drawing) {
    this.#api = api;
    this.#notices = notices;
    this.#drawing = drawing;
    api.on('training', (state) => this.take(state));
  }

  /** The drawing at 28×28, looking as the images that the network learns from; null while no digit is drawn. */
  get pixels(): Uint8Array | null {
    return this.#pixels;
  }
  /** One a class; empty while no digit is drawn, or where there is no network yet. */
  get probabilities(): readonly number[] {
    return this.#probabilities;
  }

  /** Why drawings cannot be read, in a few words; null where they can. */
  get obstacle(): string | null {
    const images = this.#images;
    if (images === null || takesDrawings(images)) return null;
    const { height, width, channels } = images;
    return `It reads ${height}×${width}${channels === 1 ? '' : `×${channels}`} images; drawings are ${DIGIT_SIZE}×${DIGIT_SIZE}`;
  }

  /** The drawing has changed. */
  readAgain(): void {
    if (this.pixels === null) this.#probabilities = [];
    else this.#ask();
  }

  take({ phase, images }: Pick<TrainingState, 'phase' | 'images'>): void {
    this.#images = images;
    if (this.obstacle !== null) this.#probabilities = [];
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#polling.wanted = phase === 'training';
    if (phase === 'idle' || phase === 'paused') this.#ask();
  }

  /** One question at a time: a change of the drawing meanwhile is asked about after it. */
  async #predict(): Promise<void> {
    const pixels = this.#pixels;
    if (pixels === null || this.#phase === 'crashed' || this.obstacle !== null) return;
    if (this.#isAsking) {
      this.#isStale = true;
      return;
    }
    this.#isAsking = true;
    await this.#predictFrom(pixels);
    this.#isAsking = false;
    this.#askIfStale();
  }

  async #predictFrom(pixels: Uint8Array): Promise<void> {
    const answer = await this.#notices.attemptQuietly(
      'Prediction',
      () =>
        this.#api.ask({
          type: 'predict',
          image: { height: DIGIT_SIZE, width: DIGIT_SIZE, channels: 1, pixels },
        }),
      () => this.#phase === 'crashed',
    );
    if (answer && this.pixels !== null && this.obstacle === null)
      this.#probabilities = answer.probabilities;
  }

  #askIfStale(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    this.#ask();
  }
}

const takesDrawings = ({ height, width, channels }: Images): boolean =>
  height === DIGIT_SIZE && width === DIGIT_SIZE && channels === 1;
