import type {
  CheckpointAnswer,
  Verdict,
  WindowCheckpointRequest,
} from '../../shared/checkpoint-protocol.ts';
import type { CheckpointList } from '../../shared/checkpoint-listing.ts';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { Api } from '../api.ts';
import { onBeat } from './beat.ts';

/** Beats between two listings while a run saves: a small network does so dozens of times a second. */
const LISTED_BEATS = 2;

/** No checkpoint has this name. */
const ALL = '*';

/** What the present folder holds. It is asked while a person looks, and again whenever something there has changed. */
export class SavedCheckpoints {
  readonly #api: Api;
  #list = $state.raw<CheckpointList | null>(null);
  #listFailure = $state.raw<Failure | null>(null);
  #failure = $state.raw<Failure | null>(null);
  #verdicts = $state.raw<Readonly<Record<string, Verdict>>>({});
  #checking = $state<string | null>(null);
  #path: string | null = null;
  /** What each place that is open looks at: one that goes does not blind one that has come. */
  #watchers: readonly { isLooking: () => boolean }[] = [];
  readonly #listSoon = onBeat(LISTED_BEATS, () => this.#listIfWatched());
  /** The listing that is under way; null: none is. */
  #listing: Promise<void> | null = null;
  /** Raised whenever something there may have changed. */
  #turn = 0;

  constructor(api: Api) {
    this.#api = api;
    api.on('folder', () => this.#listSoon());
    api.on('happened', ({ event }) => {
      if (event.type === 'saved') this.#listSoon();
    });
  }

  /** Null: not known yet, or it could not be read. */
  get list(): CheckpointList | null {
    return this.#list;
  }
  /** Why the folder could not be read; null: it could. */
  get listFailure(): Failure | null {
    return this.#listFailure;
  }
  /** Why the last thing that was to be done with a checkpoint could not be; null: it could. */
  get failure(): Failure | null {
    return this.#failure;
  }
  /** Bytes are being read. */
  get isChecking(): boolean {
    return this.#checking !== null;
  }
  /** Its bytes are being read. */
  isCheckingOf(name: string): boolean {
    return this.#checking === name || this.#checking === ALL;
  }
  /** By name, of those whose bytes were read since the folder was opened. */
  get verdicts(): Readonly<Record<string, Verdict>> {
    return this.#verdicts;
  }
  dismissFailure(): void {
    this.#failure = null;
  }

  /**
   * Keeps the list fresh while it is looked at.
   * @param path of the present folder: what was known of another is forgotten
   * @param isLooking false while it may be old: who looks again then asks for it by `refresh`
   * @returns the function that ends it
   */
  watch(path: string, isLooking = (): boolean => true): () => void {
    if (path !== this.#path) {
      this.#path = path;
      this.#list = null;
      this.#listFailure = null;
      this.#failure = null;
      this.#verdicts = {};
    }
    const watcher = { isLooking };
    this.#watchers = [...this.#watchers, watcher];
    void this.refresh();
    return () => {
      this.#watchers = this.#watchers.filter((each) => each !== watcher);
    };
  }

  /** One listing at a time: what changes meanwhile is asked about after it. */
  refresh(): Promise<void> {
    this.#turn++;
    this.#listing ??= this.#listUntilFresh();
    return this.#listing;
  }

  async pin(name: string, pinned: boolean): Promise<void> {
    if (await this.#change({ type: 'pin', name, pinned })) await this.refresh();
  }

  /**
   * Reads every byte of it.
   * @param name null: of all
   */
  async check(name: string | null): Promise<void> {
    if (this.#checking !== null) return;
    const path = this.#path;
    this.#checking = name ?? ALL;
    const answer = await this.#change({ type: 'verify', name });
    this.#checking = null;
    if (answer?.type !== 'verify' || path !== this.#path) return;
    const told = answer.verdicts.map((verdict) => [verdict.name, verdict] as const);
    this.#verdicts = { ...this.#verdicts, ...Object.fromEntries(told) };
  }

  /** Reads every byte of all of them. */
  checkAll(): Promise<void> {
    return this.check(null);
  }

  /**
   * Deletes it in a way that `putBack` undoes, until `clearAside`.
   * @returns whether it is gone: the folder may refuse
   */
  async setAside(name: string): Promise<boolean> {
    const answer = await this.#change({ type: 'set-aside', name });
    if (answer) await this.refresh();
    return answer !== null;
  }
  async putBack(name: string): Promise<void> {
    if (await this.#change({ type: 'put-back', name })) await this.refresh();
  }
  /** What was deleted cannot be put back any more. Where that fails now, the folder's next opening does it. */
  async clearAside(name: string): Promise<void> {
    await this.#request({ type: 'clear-aside', name });
  }

  /** Asks for a folder, and copies it there; undefined: the person cancelled, or it could not be done. */
  async export(name: string): Promise<string | undefined> {
    this.#failure = null;
    try {
      return (await this.#api.call('exportCheckpoint', { name })) ?? undefined;
    } catch (error) {
      this.#failure = toFailure(error, name);
      return undefined;
    }
  }

  async #listUntilFresh(): Promise<void> {
    let asked: number;
    do {
      asked = this.#turn;
      const answer = await this.#takeList();
      // What was asked of another folder, or of this one as it was, is not told.
      if (asked !== this.#turn) continue;
      this.#list = answer === null || 'what' in answer ? null : answer;
      this.#listFailure = answer !== null && 'what' in answer ? answer : null;
    } while (asked !== this.#turn);
    this.#listing = null;
  }

  /** Part by part; null: the folder was listed anew meanwhile. */
  async #takeList(): Promise<CheckpointList | Failure | null> {
    try {
      let part = await this.#api.call('listCheckpoints');
      const list = part.answer;
      if (list.type !== 'list') return list.type === 'refused' ? list.failure : null;
      const { checkpoints } = list;
      while (checkpoints.length < part.total) {
        const { listing } = part;
        const more = await this.#api.call('listMoreCheckpoints', {
          listing,
          from: checkpoints.length,
        });
        if (more?.answer.type !== 'list') return null;
        part = more;
        checkpoints.push(...more.answer.checkpoints);
      }
      return list;
    } catch (error) {
      return toFailure(error, 'Checkpoints');
    }
  }

  #listIfWatched(): void {
    if (this.#watchers.some(({ isLooking }) => isLooking())) void this.refresh();
  }

  /** @returns null where it was refused, which `failure` then tells */
  async #change(request: WindowCheckpointRequest): Promise<CheckpointAnswer | null> {
    this.#failure = null;
    const path = this.#path;
    const answer = await this.#request(request);
    if (!('what' in answer)) return answer;
    if (path === this.#path) this.#failure = answer;
    return null;
  }

  async #request(request: WindowCheckpointRequest): Promise<CheckpointAnswer | Failure> {
    try {
      const answer = await this.#api.call('checkpoints', request);
      return answer.type === 'refused' ? answer.failure : answer;
    } catch (error) {
      return toFailure(error, 'Checkpoints');
    }
  }
}
