import { FailureError, type Failure } from '../shared/ipc.ts';

interface Waiting<T> {
  resolve: (answer: T | null) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/** Requests that were sent with a number, and whose answers come as events with the same number. */
export class PendingAnswers<T extends { id: number }> {
  readonly #waiting = new Map<number, Waiting<T>>();
  readonly #patience: number;
  #next = 1;

  /** @param patience milliseconds that an answer may take */
  constructor(patience: number) {
    this.#patience = patience;
  }

  /**
   * Sends a request by `send(id)` and waits for the answer with that id. Resolves with null if abandoned, rejects if the answer is late.
   */
  ask(send: (id: number) => void): Promise<T | null> {
    const id = this.#next++;
    return new Promise<T | null>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new FailureError(lateFailure(this.#patience)));
      }, this.#patience);
      this.#waiting.set(id, { resolve, reject, timer });
      send(id);
    });
  }

  /** Passes on an answer; one that nobody waits for any more is dropped. */
  settle(answer: T): void {
    this.#take(answer.id)?.resolve(answer);
  }

  /** Passes on the reason why there is no answer. */
  refuse(id: number, { what, where, remedy }: Failure): void {
    this.#take(id)?.reject(new FailureError({ what, where, remedy }));
  }

  /** Called when no answers will come any more because the process ended, which is reported elsewhere, once. */
  abandon(): void {
    for (const { resolve, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      resolve(null);
    }
    this.#waiting.clear();
  }

  #take(id: number): Waiting<T> | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    clearTimeout(waiting?.timer);
    return waiting;
  }
}

const lateFailure = (patience: number): Failure => ({
  what: `The trainer did not answer within ${patience / 1000} seconds.`,
  where: 'the trainer process',
  remedy: 'Wait until it is less busy; if it stays so, stop training and start the app again.',
});
