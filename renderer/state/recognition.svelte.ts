import type { Images } from '../../shared/appearance.ts';
import type { TrainingState } from '../../shared/training-state.ts';
import {
  drawnSteps,
  usualForm,
  type DrawnForm,
  type DrawnSteps,
} from '../../shared/drawn-image.ts';
import { readingOf, type Reading } from '../../shared/reading.ts';
import type { TrainingPhase } from '../../shared/training-phase.ts';
import type { PictureFitting } from '../drawing/fit-picture.ts';
import type { Api } from '../api.ts';
import { areCharacters } from '../text/class-words.ts';
import { drawingCaveat, drawingObstacle } from '../text/drawn-words.ts';
import { OneAtATime, Repeated, throttled } from './throttle.ts';
import type { Drawing } from './drawing.svelte.ts';
import type { Notices } from './notices.svelte.ts';
import { PadReading } from './pad-reading.svelte.ts';

/** An image of the data, or a picture file, that is read in place of a drawing. */
export interface ShownPicture {
  from: 'data' | 'file';
  /** As the network takes it, [height, width, channels]. */
  pixels: Uint8Array;
  /** Which it is: test image 938, or the file's name. */
  name: string;
  /** What the data say it is; null: nobody says. */
  className: string | null;
  /** Of a file, how it was fitted, and whether its light and dark were exchanged; null: it is the data's own. */
  fitting: PictureFitting | null;
}

const WHILE_DRAWING = 80;
const WHILE_TRAINING = 400;

/** What the network reads in the drawing: asked anew while it is drawn, and while the weights change. */
export class Recognition {
  readonly #api: Api;
  readonly #notices: Notices;
  readonly pad: PadReading;
  #images = $state.raw<Images | null>(null);
  readonly #form = $derived<DrawnForm>(this.#images ?? usualForm);
  readonly #obstacle = $derived(drawingObstacle(this.#form));
  readonly #areCharacters = $derived.by(() => {
    const classNames = this.#images?.classNames;
    return classNames === undefined || areCharacters(classNames);
  });
  readonly #reading = $derived.by(() =>
    readingOf(this.pad.strokes, this.#areCharacters && this.pad.chosen === null),
  );
  #picture = $state.raw<ShownPicture | null>(null);
  // All that it depends on is read each time: what is passed over once is not heard of again while nobody looks.
  readonly #steps = $derived.by(() => {
    const isRead = this.#reading.kind === 'one' && this.#obstacle === null;
    const steps = isRead ? drawnSteps(this.pad.strokes, this.#form, this.pad.switches) : null;
    return this.#picture === null ? steps : null;
  });
  #probabilities = $state.raw<readonly number[]>([]);
  #phase: TrainingPhase | null = null;
  #isTold = false;
  readonly #asking = new OneAtATime(
    () => this.#predict(),
    () => this.#ask(),
  );
  readonly #ask = throttled(WHILE_DRAWING, () => void this.#asking.run());
  readonly #polling = new Repeated(WHILE_TRAINING, () => this.#asking.runIfFree());

  constructor(api: Api, notices: Notices, drawing: Drawing) {
    this.#api = api;
    this.#notices = notices;
    this.pad = new PadReading(
      drawing,
      () => this.#areCharacters,
      () => this.readAgain(),
    );
    api.on('training', (state) => this.take(state));
  }

  /** The images that the network takes; null where there is none. */
  get images(): Images | null {
    return this.#images;
  }
  /** What drawings are made into. */
  get form(): DrawnForm {
    return this.#form;
  }
  /** What the drawing is to a network that reads one thing at a time. */
  get reading(): Reading {
    return this.#reading;
  }
  /** The drawing as the network takes it, [height, width, channels]; null while there is nothing to be read. */
  get pixels(): Uint8Array | null {
    return this.#picture?.pixels ?? this.#steps?.image ?? null;
  }
  /** How the drawing becomes that; null while there is no drawing to be read. */
  get steps(): DrawnSteps | null {
    return this.#steps;
  }
  /** One a class; empty while there is nothing to be read, or where there is no network yet. */
  get probabilities(): readonly number[] {
    return this.#probabilities;
  }
  /** Why drawings cannot be read, in a few words; null where they can. */
  get obstacle(): string | null {
    return this.#obstacle;
  }
  /** What must be known of the answers; null: nothing. */
  get caveat(): string | null {
    return drawingCaveat(this.#form);
  }

  /** What is read in place of the drawing, until that is changed; null: nothing is. */
  get picture(): ShownPicture | null {
    return this.#picture;
  }
  /**
   * Has an image of the data read.
   * @returns whether the present network takes such images
   */
  showPicture(picture: ShownPicture): boolean {
    const { height, width, channels } = this.#form;
    if (picture.pixels.length !== height * width * channels) return false;
    this.#picture = picture;
    this.readAgain();
    return true;
  }
  /** Back to the drawing. */
  closePicture(): void {
    this.#picture = null;
    this.readAgain();
  }

  /** The drawing has changed. */
  drawingChanged(): void {
    this.#picture = null;
    this.pad.drawingChanged();
    this.readAgain();
  }
  /** The drawing, or the weights that read it, have changed. */
  readAgain(): void {
    if (this.pixels === null) this.#probabilities = [];
    else this.#ask();
  }

  /** Whether somebody tells what is read while the weights change: the layers' answers have it with them. */
  set isTold(isTold: boolean) {
    this.#isTold = isTold;
    this.#pollIfNobodyTells();
  }
  /** @param form of the drawing that was read */
  tell(form: DrawnForm, probabilities: readonly number[]): void {
    // Another network may have taken the place of the one that was asked.
    if (this.pixels !== null && this.#form === form) this.#probabilities = probabilities;
  }

  take({ phase, images }: Pick<TrainingState, 'phase' | 'images'>): void {
    // It is told again with every change of anything; what was read stays while the images are the same.
    if (JSON.stringify(images) !== JSON.stringify(this.#images)) {
      this.#images = images;
      this.#picture = null;
      this.#probabilities = [];
    }
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#pollIfNobodyTells();
    if (phase === 'idle' || phase === 'paused') this.#ask();
  }

  async #predict(): Promise<void> {
    const pixels = this.pixels;
    if (pixels === null || this.#phase === 'crashed') return;
    await this.#predictFrom(pixels);
  }

  async #predictFrom(pixels: Uint8Array): Promise<void> {
    const form = this.#form;
    const { height, width, channels } = form;
    const answer = await this.#notices.attemptQuietly(
      'Prediction',
      () => this.#api.ask({ type: 'predict', image: { height, width, channels, pixels } }),
      // Another network may have been opened meanwhile, which takes other images.
      () => this.#phase === 'crashed' || this.#form !== form,
    );
    if (answer) this.tell(form, answer.probabilities);
  }

  #pollIfNobodyTells(): void {
    this.#polling.wanted = this.#phase === 'training' && !this.#isTold;
  }
}
