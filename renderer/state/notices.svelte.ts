import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { Api } from '../api.ts';
import { Updates } from './updates.svelte.ts';

export interface Notice extends Failure {
  id: number;
}

const MOST = 4;

/** What went wrong without ending anything: warnings of the trainer, and calls that failed. */
export class Notices {
  #items = $state.raw<readonly Notice[]>([]);
  readonly #api: Api;
  readonly updates: Updates;
  #nextId = 1;

  constructor(api: Api) {
    this.#api = api;
    this.updates = new Updates(api, this);
    api.on('warning', (failure) => this.add(failure));
    api.onMalformed = (failure) => this.add(failure);
  }

  get items(): readonly Notice[] {
    return this.#items;
  }

  add({ what, where, remedy }: Failure): void {
    const others = this.#items.filter((item) => item.what !== what || item.where !== where);
    this.#items = [...others, { id: this.#nextId++, what, where, remedy }].slice(-MOST);
  }

  dismiss(id: number): void {
    this.#items = this.#items.filter((item) => item.id !== id);
  }

  /** Has a failure copied as a text for somebody who can help. */
  async copyDetails({ what, where, remedy }: Failure): Promise<boolean> {
    const copied = this.#api.call('copyDetails', { what, where, remedy }).then(() => true);
    return (await this.attempt('Copy details', () => copied)) === true;
  }

  /** Does something that may fail, and tells of it if it does. */
  async attempt<T>(where: string, action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      this.add(toFailure(error, where));
      return undefined;
    }
  }

  /**
   * As `attempt`, for what is asked again and again in the background: waits a moment, and keeps silent where `explained` then
   * says that the person is told of the cause already (the trainer's crash is known only after the answers that it owes).
   */
  async attemptQuietly<T>(
    where: string,
    action: () => Promise<T>,
    explained: () => boolean,
  ): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      if (!explained()) this.add(toFailure(error, where));
      return undefined;
    }
  }
}
