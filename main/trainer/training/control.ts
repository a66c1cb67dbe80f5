import type { LiveChange } from '../../../shared/live-change.ts';

/** While a person draws, questions follow each other within this time; those about a finished drawing are not noted (../waited-questions.ts). */
const MS_BETWEEN_QUESTIONS = 200;

/** Of the event loop: an Electron process delivers no more than one message in each. */
const MOST_TURNS = 32;

/**
 * Requests to the training loop, which looks at them between steps. `yieldToEventLoop` lets other tasks run, so that commands, predictions
 * and inspections are served at once although a step blocks the thread.
 */
export class Control {
  #stopping = false;
  #paused = false;
  #changes: LiveChange[] = [];
  #folder: string | null = null;
  #wake: (() => void) | null = null;
  #askedAt = -Infinity;
  #served = 0;
  readonly #abort = new AbortController();

  /** For work before the first step; `stop` aborts it. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  get paused(): boolean {
    return this.#paused;
  }

  pause(): void {
    if (!this.#stopping) this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#wake?.();
  }

  stop(): void {
    this.#stopping = true;
    this.#abort.abort();
    this.resume();
  }

  /** Asks for a change. A paused run wakes up, applies the change and pauses again. */
  change(change: LiveChange): void {
    this.#changes.push(change);
    this.#wake?.();
  }

  /** Changes asked for since the last call. */
  takeChanges(): LiveChange[] {
    return this.#changes.splice(0);
  }

  /** Asks for later checkpoints to go into another folder. A paused run wakes up, saves there and pauses again. */
  saveTo(folder: string): void {
    this.#folder = folder;
    this.#wake?.();
  }

  /** The folder asked for since the last call. */
  takeFolder(): string | null {
    const folder = this.#folder;
    this.#folder = null;
    return folder;
  }

  /** Notes that somebody asks the network something and will soon ask again, such as a person who is drawing a digit. */
  noteQuestion(): void {
    this.#askedAt = performance.now();
  }

  get isAsked(): boolean {
    return performance.now() - this.#askedAt < MS_BETWEEN_QUESTIONS;
  }

  /** Notes that a command was served. */
  noteServed(): void {
    this.#served += 1;
  }

  /** Resolves once everything that was waiting has been served; training is not kept from going on by what arrives all the time. */
  async yieldToEventLoop(): Promise<void> {
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const before = this.#served;
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#served === before) return;
    }
  }

  /** Resolves when `resume`, `stop`, `change` or `saveTo` is called; at once if training is not paused. */
  async whenResumed(): Promise<void> {
    while (this.#paused && this.#folder === null && this.#changes.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
