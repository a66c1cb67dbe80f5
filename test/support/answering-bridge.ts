import type { DatasetAnswer, DatasetRequest } from '../../shared/dataset-requests.ts';
import { CHANNEL, type Bridge, type Failure } from '../../shared/ipc.ts';

/** What was asked of the app through the bridge, and how a test answers it. */
interface Asked {
  call: string;
  input: unknown;
  answer(value?: unknown): Promise<void>;
  refuse(failure: Failure): Promise<void>;
}

/** Lets whatever waits for an answer go on as far as it can. */
const settled = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** The border to the app's main process, which answers when the test says so and in its order. */
export class AnsweringBridge implements Bridge {
  /** Every call, in order. */
  readonly asked: Asked[] = [];
  readonly #listeners = new Map<string, (payload: unknown) => void>();

  invoke(call: string, input: unknown): Promise<unknown> {
    return new Promise((resolve) => {
      const end = (result: unknown): Promise<void> => {
        resolve(result);
        return settled();
      };
      this.asked.push({
        call,
        input,
        answer: (value) => end({ ok: true, value }),
        refuse: (error) => end({ ok: false, error }),
      });
    });
  }
  on(event: string, listener: (payload: unknown) => void): () => void {
    this.#listeners.set(event, listener);
    return () => this.#listeners.delete(event);
  }
  tell(event: string, payload: unknown): void {
    (this.#listeners.get(event) ?? this.#listeners.get(CHANNEL + event))?.(payload);
  }

  /** What was asked of datasets, by type, in order; other calls by their names. */
  get trace(): string[] {
    return this.asked.map(({ call, input }) =>
      call === 'dataset' ? (input as DatasetRequest).type : call,
    );
  }
  /**
   * The newest call of a name, or request of a type.
   * @throws Error where there was none
   */
  last(name: string): Asked {
    const at = this.trace.lastIndexOf(name);
    const asked = this.asked[at];
    if (!asked) throw new Error(`${name} was not asked, but ${this.trace.join(', ')}`);
    return asked;
  }
  answer(answer: DatasetAnswer): Promise<void> {
    return this.last(answer.type).answer(answer);
  }
}
