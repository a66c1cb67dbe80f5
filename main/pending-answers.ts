import { FailureError, type Failure } from '../shared/ipc.ts';

interface Waiting<T> {
  resolve: (answer: T | null) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/** Requests that were sent with a number and whose answers come as events with that number. */
export class PendingAnswers<T extends { id: number }> {
  readonly #waiting = new Map<number, Waiting<T>>();
  readonly #patience: number;
  #next = 1;

  /** `patience` in milliseconds is how long an answer may take. */
  constructor(patience: number) {
    this.#patience = patience;
  }

  /** Sends by `send(id)`; settles with the answer of that id, null once abandoned, or fails when it does not come in time. */
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

  /** An answer came; one that nobody waits for any more is dropped. */
  settle(answer: T): void {
    this.#take(answer.id)?.resolve(answer);
  }

  /** In place of an answer came the reason why there is none. */
  refuse(id: number, { what, where, remedy }: Failure): void {
    this.#take(id)?.reject(new FailureError({ what, where, remedy }));
  }

  /** No answer will come any more: whoever ended is told of elsewhere, once. */
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
