import type { EpochEvent, History, StepEvent } from '../shared/trainer-events.ts';

/** More points than any screen has columns. */
const MOST_STEPS = 8_000;

/** The curves of the run so far, so that a window that opens late or reloads can draw them. */
export class RunHistory {
  #steps: StepEvent[] = [];
  #epochs: EpochEvent[] = [];

  /** Takes over what a folder remembers. */
  load(history: History): void {
    this.#steps = [...history.steps];
    this.#epochs = [...history.epochs];
    this.#thin();
  }

  /** A run begins at `step` (0: afresh): what lies behind it is going to be done again. */
  rewindTo(step: number): void {
    this.#steps = this.#steps.filter((event) => event.step <= step);
    this.#epochs = this.#epochs.filter((event) => event.step <= step);
  }

  addStep(event: StepEvent): void {
    this.#steps.push(event);
    this.#thin();
  }

  addEpoch(event: EpochEvent): void {
    this.#epochs.push(event);
  }

  get lastStep(): StepEvent | null {
    return this.#steps.at(-1) ?? null;
  }

  snapshot(): History {
    return { steps: [...this.#steps], epochs: [...this.#epochs] };
  }

  /** Every other point goes, so that the shape of the whole run stays and memory is bounded. */
  #thin(): void {
    while (this.#steps.length > MOST_STEPS) {
      const newest = this.#steps.length - 1;
      this.#steps = this.#steps.filter((_, index) => (newest - index) % 2 === 0);
    }
  }
}
