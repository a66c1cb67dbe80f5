import { framesKept, isFrameStep, stepsUntilFrame } from '../../../../shared/film-steps.ts';
import { weightsOf } from '../../../../shared/film.ts';
import type { FilmStart, NewFrame } from '../../checkpoint/film/film-log.ts';
import { consecutiveExamples } from '../../data/batches.ts';
import type { Run } from '../run.ts';

/** What a filter is tried on before it is called dead: few enough that it takes a small share of a step. */
const MOST_TRIED = 32;

/** Films a run's first-layer filters. */
export class FilterCamera {
  readonly #run: Run;
  readonly #keep: (frame: NewFrame) => void;
  readonly #kept: number;
  /** Bytes of the images that filters are tried on: the first of the validation's, or of training's where there is none. */
  readonly #images: Uint8Array;
  /** What is filmed; undefined: there is no convolution, or its kernels are too large for a film. */
  readonly start: FilmStart | undefined;

  /** @param keep is given each frame */
  constructor(run: Run, keep: (frame: NewFrame) => void) {
    this.#run = run;
    this.#keep = keep;
    const { dataset, session, config } = run;
    const { shape } = session.kernels;
    this.#kept = shape ? framesKept(weightsOf(shape)) : 0;
    const part = dataset.validation.count > 0 ? dataset.validation : dataset.train;
    const tried = Math.min(MOST_TRIED, part.count, config.data.batchSize);
    this.#images = consecutiveExamples(part, 0, tried, run.imageSize).images;
    this.start = shape && this.#kept > 0 ? { shape, tried } : undefined;
  }

  /** Steps from the run's present one to the next frame; Infinity: none is to come. */
  get stepsUntilFrame(): number {
    return stepsUntilFrame(this.#run.cursor.step, this.#kept);
  }

  /** Keeps the filters as they are after this step, where its number says so. */
  takeStep(step: number): void {
    if (isFrameStep(step, this.#kept)) this.take('step');
  }

  /** Keeps the filters as the run has learned them by now. */
  take(reason: NewFrame['reason']): void {
    if (!this.start) return;
    const { kernels } = this.#run.session;
    // What is set by hand in a pause is not the run's yet.
    const dead = kernels.edits.length > 0 ? null : kernels.deadFor(this.#images);
    const { step } = this.#run.cursor;
    this.#keep({ step, reason, dead, values: kernels.learnedValues() });
  }
}
