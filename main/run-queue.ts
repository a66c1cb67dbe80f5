import { FailureError, toFailure } from '../shared/ipc.ts';
import { MOST_QUEUED, type QueuedRun, type QueueState } from '../shared/run-queue.ts';
import type { TrainerEvent } from '../shared/trainer-events.ts';

/** What the queue needs of the rest of the app. */
export interface QueueParts {
  /** A run is under way, whoever began it. */
  isBusy(): boolean;
  /**
   * Opens the run's folder, which is made where it is not there, and starts.
   * @throws FailureError
   */
  begin(run: QueuedRun): void;
  tell(state: QueueState): void;
  keep(runs: readonly QueuedRun[]): void;
}

/** How the run under way has come to its end. */
type Outcome = { is: 'finished' } | { is: 'stopped' } | { is: 'failed'; what: string };

/**
 * Runs that train one after the other. The next begins when a run has finished, the goal reached included; after a stop, a failure or a
 * crash the queue waits until it is told to go on. The one that trains is kept too: should the app end meanwhile, it comes first again.
 */
export class RunQueue {
  readonly #parts: QueueParts;
  #state: QueueState;
  #outcome: Outcome | null = null;
  /** The app ends: its stopping the run is nobody's wish. */
  #isEnding = false;
  readonly #removed = new Map<string, { run: QueuedRun; at: number }>();

  /** @param runs that were kept */
  constructor(runs: readonly QueuedRun[], parts: QueueParts) {
    this.#parts = parts;
    const reason = runs.length > 0 ? 'The app was started anew.' : null;
    this.#state = { runs: [...runs], current: null, goesOn: false, reason };
  }

  get state(): QueueState {
    return this.#state;
  }

  /**
   * Puts a run at the end. Where one is under way, it follows by itself.
   * @throws FailureError where there are too many
   */
  add(run: Omit<QueuedRun, 'id'>): void {
    const { runs, reason } = this.#state;
    if (runs.length >= MOST_QUEUED)
      throw new FailureError({
        what: `There are ${MOST_QUEUED} runs in the queue already.`,
        where: 'the queue',
        remedy: 'Wait until some have trained, or remove some.',
      });
    const goesOn = this.#state.goesOn || (this.#parts.isBusy() && reason === null);
    this.#change({ runs: [...runs, { ...run, id: crypto.randomUUID() }], goesOn });
  }

  remove(id: string): void {
    const at = this.#indexOf(id);
    const run = this.#state.runs[at];
    if (!run) return;
    this.#removed.set(id, { run, at });
    this.#change({ runs: this.#state.runs.filter((each) => each.id !== id) });
  }

  putBack(id: string): void {
    const removed = this.#removed.get(id);
    if (!removed || !this.#removed.delete(id)) return;
    this.#change({ runs: this.#state.runs.toSpliced(removed.at, 0, removed.run) });
  }

  /** @param by −1: earlier; 1: later */
  move(id: string, by: -1 | 1): void {
    const at = this.#indexOf(id);
    const [run, other] = [this.#state.runs[at], this.#state.runs[at + by]];
    if (run && other) this.#change({ runs: this.#state.runs.with(at, other).with(at + by, run) });
  }

  /** Begins the next one now, or when the run under way has ended. */
  goOn(): void {
    this.#change({ goesOn: true, reason: null });
    if (!this.#parts.isBusy()) this.#beginNext();
  }

  hold(): void {
    this.#change({ goesOn: false, reason: null });
  }

  /** The app ends. */
  end(): void {
    this.#isEnding = true;
  }

  onEvent(event: TrainerEvent): void {
    switch (event.type) {
      case 'started':
        this.#outcome = null;
        return;
      case 'finished':
        this.#outcome = { is: 'finished' };
        return;
      case 'stopped':
        if (!this.#isEnding) this.#outcome = { is: 'stopped' };
        return;
      case 'failed':
        this.#outcome = { is: 'failed', what: event.what };
        return;
      case 'phase':
        // Only now another may begin: the trainer has closed the folder.
        if (event.phase === 'idle' && this.#outcome) this.#conclude(this.#outcome);
        return;
      default:
        return;
    }
  }

  onCrash(): void {
    this.#conclude({ is: 'failed', what: 'The trainer crashed.' });
  }

  #conclude(outcome: Outcome): void {
    this.#outcome = null;
    const { current, runs, goesOn } = this.#state;
    const name = current ? `“${current.name}”` : 'The run';
    if (outcome.is === 'failed') {
      // It comes first again: what it has saved is gone on from.
      const waiting = current ? [current, ...runs] : runs;
      if (goesOn || current)
        this.#change({
          ...{ runs: waiting, current: null, goesOn: false },
          reason: `${name} failed: ${outcome.what}`,
        });
      return;
    }
    const isStopped = outcome.is === 'stopped';
    if (isStopped && goesOn)
      this.#change({ current: null, goesOn: false, reason: `${name} was stopped.` });
    else if (current) this.#change({ current: null });
    if (!isStopped && goesOn) this.#beginNext();
  }

  #beginNext(): void {
    const [next, ...runs] = this.#state.runs;
    if (!next) {
      this.#change({ goesOn: false });
      return;
    }
    this.#change({ runs, current: next });
    try {
      this.#parts.begin(next);
    } catch (error) {
      this.#conclude({ is: 'failed', what: toFailure(error, next.folder).what });
    }
  }

  #indexOf(id: string): number {
    return this.#state.runs.findIndex((run) => run.id === id);
  }

  #change(change: Partial<QueueState>): void {
    const state = { ...this.#state, ...change };
    this.#parts.keep(state.current ? [state.current, ...state.runs] : state.runs);
    this.#state = state;
    this.#parts.tell(state);
  }
}
