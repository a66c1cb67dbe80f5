import type { LiveChange } from '../../../shared/live-change.ts';

/** Whoever draws asks again within this time; what is drawn already is asked about every half second. */
const MS_BETWEEN_QUESTIONS = 200;

/**
 * What the outside asks of the training loop, looked at between steps. `yieldToEventLoop` lets others run, so that commands,
 * predictions and inspections are served at once although a step blocks the thread.
 */
export class Control {
  #stopping = false;
  #paused = false;
  #changes: LiveChange[] = [];
  #folder: string | null = null;
  #wake: (() => void) | null = null;
  #askedAt = -Infinity;
  readonly #abort = new AbortController();

  /** For what goes on before the first step: it is aborted by `stop`. */
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

  /** Wakes a run that is paused, which then notes it and pauses again. */
  change(change: LiveChange): void {
    this.#changes.push(change);
    this.#wake?.();
  }

  /** Changes asked for since the last call. */
  takeChanges(): LiveChange[] {
    return this.#changes.splice(0);
  }

  /** From now on checkpoints go into another folder. Wakes a run that is paused, which then saves there and pauses again. */
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

  /** Somebody asks the network something: is drawing a digit, say, and is going to ask again. */
  noteQuestion(): void {
    this.#askedAt = performance.now();
  }

  get isAsked(): boolean {
    return performance.now() - this.#askedAt < MS_BETWEEN_QUESTIONS;
  }

  /** Resolves once everything that was waiting has been served. */
  async yieldToEventLoop(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Resolves when `resume`, `stop`, `change` or `saveTo` is called; at once where it is not paused. */
  async whenResumed(): Promise<void> {
    while (this.#paused && this.#folder === null && this.#changes.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
