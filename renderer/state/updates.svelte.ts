import type { UpdateState } from '../../shared/update-check.ts';
import type { Api } from '../api.ts';

interface Attempts {
  attempt<T>(where: string, action: () => Promise<T>): Promise<T | undefined>;
}

/** Whether there is a newer version of the app, as far as the person wants to know. */
export class Updates {
  readonly #api: Api;
  readonly #notices: Attempts;
  #state = $state.raw<UpdateState | null>(null);

  constructor(api: Api, notices: Attempts) {
    this.#api = api;
    this.#notices = notices;
    api.on('updates', (state) => {
      this.#state = state;
    });
  }

  /** Null until the main process has told. */
  get state(): UpdateState | null {
    return this.#state;
  }

  /** A newer version that the person wants to be told of; null: there is none, or its notice was put away. */
  get notice(): string | null {
    const { isOn, newer, dismissed } = this.#state ?? {};
    return isOn && newer !== dismissed ? (newer ?? null) : null;
  }

  async load(): Promise<void> {
    await this.#take('Check for newer versions', () => this.#api.call('updates'));
  }
  async switch(isOn: boolean): Promise<void> {
    await this.#take('Check for newer versions', () => this.#api.call('checkForUpdates', isOn));
  }
  async dismiss(): Promise<void> {
    await this.#notices.attempt('Settings', () => this.#api.call('dismissUpdate'));
  }
  async openPage(): Promise<void> {
    await this.#notices.attempt('Open the page', () => this.#api.call('openReleasePage'));
  }

  async #take(where: string, ask: () => Promise<UpdateState>): Promise<void> {
    const state = await this.#notices.attempt(where, ask);
    if (state) this.#state = state;
  }
}
