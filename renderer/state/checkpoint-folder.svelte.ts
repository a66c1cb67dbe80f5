import type { Folder } from '../../shared/contract.ts';
import type { Api } from '../api.ts';
import type { Notices } from './notices.svelte.ts';
import { withSameParts } from './same-parts.ts';

/** The folder that holds the run. */
export class CheckpointFolder {
  readonly #api: Api;
  readonly #notices: Notices;
  #folder = $state.raw<Folder>({ path: '', checkpoint: null, found: null, recent: [] });

  // It is told with each checkpoint: who reads a part of it hears of that part alone.
  readonly #path = $derived(this.#folder.path);
  readonly #checkpoint = $derived(this.#folder.checkpoint);
  readonly #found = $derived(this.#folder.found);
  readonly #recent = $derived(this.#folder.recent);

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
    api.on('folder', (folder) => this.take(folder));
  }

  get path(): string {
    return this.#path;
  }
  get checkpoint(): Folder['checkpoint'] {
    return this.#checkpoint;
  }
  /** The newest one's, as a request names it; null: there is none. */
  get checkpointName(): string | null {
    // The path is without `.index`, and the name its last part.
    return this.#checkpoint?.path.split(/[\\/]/).at(-1) ?? null;
  }
  /** What lies in it that no run of this app accounts for. */
  get found(): Folder['found'] {
    return this.#found;
  }
  get recent(): readonly string[] {
    return this.#recent;
  }

  take(folder: Folder): void {
    this.#folder = withSameParts(this.#folder, folder);
  }

  async choose(): Promise<void> {
    const folder = await this.#notices.attempt('Choose folder', () =>
      this.#api.call('chooseFolder'),
    );
    if (folder) this.take(folder);
  }

  async openRecent(path: string): Promise<void> {
    const folder = await this.#notices.attempt('Open recent folder', () =>
      this.#api.call('openRecentFolder', { path }),
    );
    if (folder) this.take(folder);
  }

  async takeOver(): Promise<void> {
    await this.#notices.attempt('Take over', () => this.#api.call('takeOverFolder'));
  }

  async reveal(): Promise<void> {
    await this.#notices.attempt('Show folder', () => this.#api.call('revealFolder'));
  }
}
