import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { UsedFolder } from '../../shared/used-folders.ts';
import type { Api } from '../api.ts';
import { sortRuns, type RunOrder, type UsedRun } from '../text/run-list-words.ts';
import type { Notices } from './notices.svelte.ts';

/** The folders that a person has used, each with its run in short. They are looked at while the list is, one after the other. */
export class UsedRuns {
  readonly #api: Api;
  readonly #notices: Notices;
  #folders = $state.raw<readonly UsedFolder[]>([]);
  #failures = $state.raw<Record<string, Failure>>({});
  #order = $state<RunOrder>('newest');
  /** Raised whenever they are looked at anew. */
  #turn = 0;

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
  }

  get order(): RunOrder {
    return this.#order;
  }
  orderBy(order: RunOrder): void {
    this.#order = order;
  }
  readonly runs = $derived.by((): UsedRun[] =>
    sortRuns(
      this.#folders.map(({ path, run }) => ({ path, run, failure: this.#failures[path] ?? null })),
      this.#order,
    ),
  );

  /** Asks which there are, and looks at each. */
  async refresh(): Promise<void> {
    const turn = ++this.#turn;
    const folders = await this.#notices.attempt('Runs', () => this.#api.call('usedFolders'));
    if (!folders) return;
    this.#folders = folders;
    for (const { path } of folders) {
      if (turn !== this.#turn) return;
      if (this.#isListed(path)) await this.#look(path);
    }
  }

  async #look(path: string): Promise<void> {
    let failure: Failure | null = null;
    try {
      const look = await this.#api.call('lookAtFolder', { path });
      if (look.type === 'unreadable') failure = look.failure;
      else
        this.#folders = this.#folders.map((each) =>
          each.path === path ? { path, run: look.run } : each,
        );
    } catch (error) {
      failure = toFailure(error, path);
    }
    const others = Object.entries(this.#failures).filter(([each]) => each !== path);
    this.#failures = Object.fromEntries(failure === null ? others : [...others, [path, failure]]);
  }

  #isListed(path: string): boolean {
    return this.#folders.some((each) => each.path === path);
  }

  /** Takes one off the list; nothing in the folder is touched. */
  async forget(path: string): Promise<void> {
    await this.#take(() => this.#api.call('forgetFolder', { path }));
  }
  async remember(path: string): Promise<void> {
    await this.#take(() => this.#api.call('rememberFolder', { path }));
    // While it was off the list, a look at it may have been refused.
    if (this.#isListed(path)) await this.#look(path);
  }

  async #take(call: () => Promise<UsedFolder[]>): Promise<void> {
    this.#folders = (await this.#notices.attempt('Runs', call)) ?? this.#folders;
  }
}
