import type { Writable } from 'node:stream';
import { formatCount, formatDuration } from '../../../shared/format.ts';
import { goalWords } from '../../../shared/goal-words.ts';
import type {
  PaceEvent,
  ProgressEvent,
  TrainerEvent,
  TrainerEventOf,
} from '../../../shared/trainer-events.ts';

/** Milliseconds between two lines of progress where no line can keep changing. */
const EVERY = 10_000;

/** Prints what the original program did not: that nothing is left to train, how far training is, where the model is. */
export class TerminalNotes {
  readonly #out: Writable & { isTTY?: boolean };
  readonly #now: () => number;
  #totalSteps = 0;
  #path: string | null = null;
  #said: number;

  constructor(out: Writable & { isTTY?: boolean }, now: () => number = Date.now) {
    this.#out = out;
    this.#now = now;
    this.#said = now();
  }

  /** Prints what follows the event's own line. */
  print(event: TrainerEvent): void {
    switch (event.type) {
      case 'started':
        this.#totalSteps = event.totalSteps;
        this.#path = event.restoredFrom?.path ?? null;
        this.#said = this.#now();
        this.#nothingLeft(event);
        return;
      case 'pace':
      case 'progress':
        if (this.#out.isTTY || this.#now() - this.#said < EVERY) return;
        this.#said = this.#now();
        this.#line(this.#progress(event));
        return;
      case 'saved':
        this.#path = event.path;
        return;
      case 'finished':
        if (this.#path !== null) this.#line(`The model is in ${this.#path}.`);
        return;
      default:
        return;
    }
  }

  #nothingLeft({ restoredFrom, goalReached, config }: TrainerEventOf<'started'>): void {
    const { epochs, maxSteps } = config.training;
    if (!restoredFrom) return;
    const { epoch, step } = restoredFrom;
    if (epoch >= epochs)
      this.#line(`Nothing is left to train: ${epoch} of ${epochs} epochs (--epochs).`);
    else if (maxSteps !== null && step >= maxSteps)
      this.#line(`Nothing is left to train: ${step} of at most ${maxSteps} steps (--max-steps).`);
    else if (goalReached)
      this.#line(
        `Nothing is left to train: ${goalWords(goalReached)} (--stop-${goalReached.goal === 'minutes' ? 'after' : 'at'}-${goalReached.goal}).`,
      );
  }

  #progress(event: PaceEvent | ProgressEvent): string {
    const { epoch, step, secondsLeft } = event;
    const left = secondsLeft === null ? '' : `, ${formatDuration(secondsLeft)} left`;
    if (event.type === 'progress') {
      const { detail, done, total } = event;
      if (detail === '') return `Saving, step ${step}${left}`;
      const part = detail === 'validation' ? `Validation of epoch ${epoch}` : 'Test';
      return `${part}, ${formatCount(done)} of ${formatCount(total)} examples${left}`;
    }
    const speed = `${formatCount(event.examplesPerSecond)} examples/s`;
    return `Epoch ${epoch}, step ${step} of ${this.#totalSteps}, cost ${event.loss.toFixed(3)}, ${speed}${left}`;
  }

  #line(text: string): void {
    this.#out.write(`${text}\n`);
  }
}
