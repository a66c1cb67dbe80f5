import { runEventOf } from '../shared/branched-history.ts';
import type { Branch } from '../shared/branch.ts';
import type { History, StepEvent, TrainerEvent } from '../shared/trainer-events.ts';
import type { Send } from './ipc.ts';
import { RunHistory } from './run-history.ts';

/** Keeps a run's curves and events for a window that opens late or reloads, and sends new ones to an open window. */
export class HistorySender {
  readonly #send: Send;
  readonly #history = new RunHistory();
  /** Points of the curves that were not sent yet; they go with the next event, some tenths of a second later. */
  #unsentSteps: StepEvent[] = [];

  constructor(send: Send) {
    this.#send = send;
  }

  /** Everything that the window needs to know, including what was still to be sent. */
  snapshot(): History {
    this.#unsentSteps = [];
    return this.#history.snapshot();
  }

  /** Replaces the history by another run's. */
  load(history: History): void {
    this.#history.load(history);
    this.#sendAll();
  }

  /**
   * Begins a run.
   * @param step the step that it goes on from; later steps will be done again
   * @returns the last step that is kept; null if none is
   */
  begin(branch: Branch, step: number): StepEvent | null {
    this.#history.begin(branch, step);
    return this.#sendAll().steps.at(-1) ?? null;
  }

  /** Keeps what an event adds to the history, and sends it; steps wait for the next event. */
  add(event: TrainerEvent): void {
    if (event.type === 'step') {
      this.#history.add(event);
      this.#unsentSteps.push(event);
      return;
    }
    this.sendSteps();
    const happened = runEventOf(event);
    if (happened) {
      this.#history.add(happened);
      this.#send('happened', { branch: this.#history.branch, event: happened });
    }
    if (event.type === 'epoch') {
      this.#history.add(event);
      this.#send('epoch', event);
    }
  }

  /** Sends the steps that wait for an event. */
  sendSteps(): void {
    if (this.#unsentSteps.length === 0) return;
    this.#send('steps', this.#unsentSteps);
    this.#unsentSteps = [];
  }

  #sendAll(): History {
    const history = this.snapshot();
    this.#send('history', history);
    return history;
  }
}
