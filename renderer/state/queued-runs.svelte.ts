import type { RunConfig } from '../../shared/config.ts';
import { emptyQueue, type QueueRequest, type QueueState } from '../../shared/run-queue.ts';
import type { Api } from '../api.ts';
import type { Notices } from './notices.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

export type QueuePlace = 'beside' | 'choose';

/** The runs that train one after the other, as the main process keeps them. */
export class QueuedRuns {
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #toasts: Toasts;
  #state = $state.raw<QueueState>(emptyQueue);
  #isAdding = $state(false);

  constructor(api: Api, notices: Notices, toasts: Toasts) {
    this.#api = api;
    this.#notices = notices;
    this.#toasts = toasts;
    api.on('queue', (state) => (this.#state = state));
  }

  get state(): QueueState {
    return this.#state;
  }
  /** A queue's run trains, not one that the form was started with. */
  get isTraining(): boolean {
    return this.#state.current !== null;
  }
  /** The form for another one is open. */
  get isAdding(): boolean {
    return this.#isAdding;
  }
  openForm(isOpen: boolean): void {
    this.#isAdding = isOpen;
  }

  load(): Promise<unknown> {
    return this.#ask({ type: 'list' });
  }
  async add(
    name: string,
    config: RunConfig,
    secondsExpected: number | null,
    where: QueuePlace,
  ): Promise<void> {
    const isAdded = await this.#ask({ type: 'add', name, config, secondsExpected, where });
    if (isAdded) this.#toasts.show(`“${name}” is in the queue.`);
  }
  async remove(id: string, name: string): Promise<void> {
    if (await this.#ask({ type: 'remove', id }))
      this.#toasts.show(`“${name}” is not in the queue any more.`, () => {
        void this.#ask({ type: 'put-back', id });
      });
  }
  move(id: string, by: -1 | 1): Promise<unknown> {
    return this.#ask({ type: 'move', id, by });
  }
  goOn(): void {
    void this.#ask({ type: 'go-on' });
  }
  hold(): void {
    void this.#ask({ type: 'hold' });
  }

  /** @returns whether it was done: the person may have cancelled */
  async #ask(request: QueueRequest): Promise<boolean> {
    const state = await this.#notices.attempt('Queue', () => this.#api.call('queue', request));
    if (state) this.#state = state;
    return Boolean(state);
  }
}
