import type { LayerHistogram } from '../../shared/histogram.ts';
import type { AnswerTo, Picture } from '../../shared/questions.ts';
import type { TrainingPhase } from '../../shared/training-phase.ts';
import type { Api } from '../api.ts';
import type { Notices } from './notices.svelte.ts';
import { Repeated } from './throttle.ts';

export const histogramKinds = ['weights', 'activations'] as const;
export type HistogramKind = (typeof histogramKinds)[number];

/** Every so many milliseconds while a run trains and somebody looks. */
const WHILE_LOOKED_AT = 3_000;

interface Shown {
  kind: HistogramKind;
  histograms: readonly LayerHistogram[];
  step: number;
  epoch: number;
  /** What the outputs are of; of weights, null. */
  of: AnswerTo<'activations-histogram'>['of'];
  /** How many images that are. */
  images: number;
}

/** Parts of the window's state that are needed here. */
interface LookedAtRun {
  readonly curves: { readonly epochs: readonly unknown[] };
  readonly training: { readonly phase: TrainingPhase };
  /** `pixels` are null while nothing is drawn. */
  readonly recognition: {
    readonly form: { height: number; width: number; channels: number };
    readonly pixels: Uint8Array | null;
  };
}

/** How weights and outputs are spread, asked for while they are looked at and not else. */
export class LayerHistograms {
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #run: LookedAtRun;
  #kind = $state<HistogramKind>('weights');
  #isLookedAt = false;
  #shown = $state.raw<Shown | null>(null);
  #before = $state.raw<Shown | null>(null);
  #isAsked = $state(false);
  readonly #again = new Repeated(WHILE_LOOKED_AT, async () => {
    if (this.#run.training.phase === 'training') await this.readAgain();
  });

  constructor(api: Api, notices: Notices, run: LookedAtRun) {
    this.#api = api;
    this.#notices = notices;
    this.#run = run;
    api.on('training', ({ phase }) => {
      if (this.#isLookedAt && (phase === 'paused' || phase === 'idle')) void this.readAgain();
    });
    api.on('history', () => {
      this.#shown = this.#before = null;
      if (this.#isLookedAt) void this.readAgain();
    });
  }

  get kind(): HistogramKind {
    return this.#kind;
  }
  /** Null: nothing was asked for yet. */
  get shown(): Shown | null {
    return this.#shown;
  }
  /** What was shown last in the epoch before; null: nothing was. */
  get before(): Shown | null {
    return this.#before;
  }
  /** The first answer is awaited. */
  get isWaiting(): boolean {
    return this.#isAsked && this.#shown === null;
  }

  choose(kind: HistogramKind): void {
    if (kind === this.#kind) return;
    this.#kind = kind;
    this.#shown = this.#before = null;
    void this.readAgain();
  }

  /**
   * Somebody looks.
   * @returns what ends that
   */
  watch(): () => void {
    this.#isLookedAt = true;
    this.#again.wanted = true;
    void this.readAgain();
    return () => {
      this.#isLookedAt = false;
      this.#again.wanted = false;
    };
  }

  /** Asks for them now. */
  async readAgain(): Promise<void> {
    const kind = this.#kind;
    const { form } = this.#run.recognition;
    this.#isAsked = true;
    const shown = await this.#notices.attemptQuietly(
      'Histograms',
      () => this.#ask(kind),
      () => this.#run.training.phase === 'crashed' || this.#run.recognition.form !== form,
    );
    this.#isAsked = false;
    if (shown === undefined || kind !== this.#kind) return;
    const last = this.#shown;
    if (last && last.epoch < shown.epoch) this.#before = last;
    this.#shown = shown;
  }

  /** Null: nothing is drawn. */
  get #drawing(): Picture | null {
    const { form, pixels } = this.#run.recognition;
    const { height, width, channels } = form;
    return pixels && { height, width, channels, pixels };
  }

  async #ask(kind: HistogramKind): Promise<Shown> {
    const epoch = this.#run.curves.epochs.length;
    if (kind === 'weights') {
      const { histograms, step } = await this.#api.ask({ type: 'weights-histogram' });
      return { kind, histograms, step, epoch, of: null, images: 0 };
    }
    const ofRun = await this.#api.ask({ type: 'activations-histogram', image: null });
    const image = this.#drawing;
    // Of a folder that was only opened there are no images: what is drawn is shown to it.
    const { histograms, step, of, images } =
      ofRun.images > 0 || !image
        ? ofRun
        : await this.#api.ask({ type: 'activations-histogram', image });
    return { kind, histograms, step, epoch, of, images };
  }
}
