import { runEventOf } from '../shared/branched-history.ts';
import type { Branch } from '../shared/branch.ts';
import type { History, StepEvent, TrainerEvent } from '../shared/trainer-events.ts';
import type { Send } from './ipc.ts';
import { RunHistory } from './run-history.ts';

/** Keeps a run's curves and events for a window that opens late or reloads, and sends an open one what is new. */
export class HistorySender {
  readonly #send: Send;
  readonly #history = new RunHistory();
  /** Points of the curves that the window has not been sent: they go with what is told next, which is some tenths of a second later. */
  #unsentSteps: StepEvent[] = [];

  constructor(send: Send) {
    this.#send = send;
  }

  /** All that the window need know; what was still to be sent is in it. */
  snapshot(): History {
    this.#unsentSteps = [];
    return this.#history.snapshot();
  }

  /** Another run's history takes the place of this one's. */
  load(history: History): void {
    this.#history.load(history);
    this.#sendAll();
  }

  /**
   * A run begins.
   * @param step that it goes on from; what lies behind it is done again
   * @returns the last step that is kept; null: none is
   */
  begin(branch: Branch, step: number): StepEvent | null {
    this.#history.begin(branch, step);
    return this.#sendAll().steps.at(-1) ?? null;
  }

  /** Keeps what of an event belongs to the history, and sends it: steps with the next event. */
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
