import { untrack } from 'svelte';
import type { RunConfig } from '../../shared/config.ts';
import type { DatasetAnswerTo } from '../../shared/dataset-requests.ts';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { ReadingProgress } from '../../shared/reading-progress.ts';
import type { Api } from '../api.ts';
import { paintImage } from '../drawing/paint-image.ts';
import { classText } from '../text/class-words.ts';
import { throttled } from './throttle.ts';

type Answer = DatasetAnswerTo<'augmented'>;

/** What samples are shown of. */
export interface PreviewedRun {
  data: RunConfig['data'];
  seed: number;
}

/** A training image as it is and as a step sees it, ready to be drawn: RGBA, row by row. */
export interface AugmentedExample {
  number: number;
  /** Its class. */
  name: string;
  original: Uint8ClampedArray<ArrayBuffer>;
  augmented: Uint8ClampedArray<ArrayBuffer>;
}
export interface PreviewSamples extends Pick<Answer, 'height' | 'width' | 'counts' | 'findings'> {
  examples: readonly AugmentedExample[];
}

const MOST_SHOWN = 12;
/** Milliseconds between two questions while a slider moves. */
const WHILE_MOVING = 40;

/** Samples of the data beside the form, one a class, and what augmentation makes of them; one question at a time. */
export class AugmentationPreview {
  readonly #api: Api;
  readonly #run: () => PreviewedRun | null;
  /** Null: nobody looks. */
  #wanted: PreviewedRun | null = null;
  /** By which data and seed the samples are. */
  #from = '';
  #draw = $state(0);
  #samples = $state.raw<PreviewSamples | null>(null);
  /** What the samples are of, draw and augmentation included. */
  #shown = '';
  #frame = $state.raw({ count: 10, height: 28, width: 28 });
  #failure = $state.raw<Failure | null>(null);
  #isStopped = $state(false);
  #progress = $state.raw<ReadingProgress | null>(null);
  /** What is being asked, by which data and seed; null: nothing is. */
  #asking: { from: string } | null = null;
  readonly #askSoon = throttled(WHILE_MOVING, () => void this.#ask());

  /** @param run what samples are shown of while this is watched; null: none now, for other data are looked at */
  constructor(api: Api, run: () => PreviewedRun | null) {
    this.#api = api;
    this.#run = run;
    api.on('datasetReading', (progress) => {
      if (this.#asking) this.#progress = progress;
    });
  }

  /** Null: there are none yet of these data. */
  get samples(): PreviewSamples | null {
    return this.#samples;
  }
  /** How many images there are and of which size; while they are read, as before, and at first as MNIST's. */
  get frame(): { count: number; height: number; width: number } {
    return this.#frame;
  }
  /** The number of the draw that is shown, from 0: the steps done before it. */
  get draw(): number {
    return this.#draw;
  }
  /** Why there are no samples, or no newer ones; null: nothing went wrong. */
  get failure(): Failure | null {
    return this.#failure;
  }
  /** A person has stopped reading the data. */
  get isStopped(): boolean {
    return this.#isStopped;
  }
  /** How far reading is; null: it is not known. */
  get progress(): ReadingProgress | null {
    return this.#progress;
  }
  /** The first samples of these data are waited for. */
  get isWaiting(): boolean {
    return this.#samples === null && this.#failure === null && !this.#isStopped;
  }

  /**
   * Shows samples from now on, newer ones whenever something is changed.
   * @returns ends it
   */
  watch(): () => void {
    const endEffect = $effect.root(() => {
      $effect(() => {
        const run = this.#run();
        untrack(() => this.show(run));
      });
    });
    return () => {
      endEffect();
      this.show(null);
    };
  }

  /** @param run null: nobody looks any more */
  show(run: PreviewedRun | null): void {
    this.#wanted = run;
    if (run === null) {
      this.#askSoon.cancel();
      return;
    }
    const from = samplesFrom(run);
    if (from !== this.#from) this.#forget(from);
    this.#askSoon();
  }
  /** As another step draws it. */
  drawAgain(): void {
    this.#draw++;
    this.#askSoon();
  }
  /** Ends reading the data. */
  stop(): void {
    this.#isStopped = true;
    this.#asking = null;
    this.#api.call('stopReading').catch(() => undefined);
  }
  /** Tries again what was stopped or failed. */
  readAgain(): void {
    this.#isStopped = false;
    this.#failure = null;
    this.#askSoon();
  }

  #forget(from: string): void {
    this.#from = from;
    this.#draw = 0;
    this.#samples = null;
    this.#shown = '';
    this.#failure = null;
    this.#isStopped = false;
    this.#progress = null;
  }

  async #ask(): Promise<void> {
    const [run, from, step] = [this.#wanted, this.#from, this.#draw];
    if (run === null || this.#failure !== null || this.#isStopped) return;
    const { data, seed } = run;
    const of = JSON.stringify([from, data.augmentation, step]);
    // Where these very data are being read, what has changed meanwhile is asked after that.
    if (of === this.#shown || this.#asking?.from === from) return;
    const asking = { from };
    this.#asking = asking;
    this.#progress = null;
    try {
      const request = { type: 'augmented', data, seed, step, most: MOST_SHOWN } as const;
      const answer = await this.#api.askDataset(request);
      if (asking !== this.#asking) return;
      if (answer) {
        this.#take(answer);
        this.#shown = of;
      }
    } catch (error) {
      if (asking === this.#asking) this.#failure = toFailure(error, data.dataset);
    }
    if (asking !== this.#asking) return;
    this.#asking = null;
    // Also where the reader was ended for another reason than this.
    if (this.#wanted) this.#askSoon();
  }

  #take({ height, width, channels, counts, findings, ...answer }: Answer): void {
    const size = height * width * channels;
    const paint = (pixels: Uint8Array, k: number): AugmentedExample['original'] =>
      paintImage(pixels.subarray(k * size, (k + 1) * size), channels);
    const examples = answer.examples.map(({ number, name }, k) => ({
      ...{ number, name: classText(name) },
      original: paint(answer.pixels, k),
      augmented: paint(answer.augmented, k),
    }));
    this.#samples = { height, width, counts, findings, examples };
    this.#frame = { count: examples.length, height, width };
  }
}

/** What decides which images they are. */
const samplesFrom = ({ data, seed }: PreviewedRun): string =>
  JSON.stringify([{ ...data, batchSize: null, augmentation: null }, seed]);
