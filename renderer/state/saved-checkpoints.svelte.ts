import type {
  CheckpointAnswer,
  CheckpointRequest,
  Verdict,
} from '../../shared/checkpoint-protocol.ts';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { Api } from '../api.ts';

export type CheckpointList = Extract<CheckpointAnswer, { type: 'list' }>;
type Request = Exclude<CheckpointRequest, { type: 'export' | 'report' }>;

/** What the present folder holds. It is asked while a person looks, and again whenever something there has changed. */
export class SavedCheckpoints {
  readonly #api: Api;
  #list = $state.raw<CheckpointList | null>(null);
  #listFailure = $state.raw<Failure | null>(null);
  #failure = $state.raw<Failure | null>(null);
  #verdicts = $state.raw<Readonly<Record<string, Verdict>>>({});
  #checking = $state<string | null>(null);
  #path: string | null = null;
  /** How many places look: one that goes does not blind one that has come. */
  #watchers = 0;
  /** The listing that is under way; null: none is. */
  #listing: Promise<void> | null = null;
  /** Raised whenever something there may have changed. */
  #turn = 0;

  constructor(api: Api) {
    this.#api = api;
    api.on('folder', () => this.#listIfWatched());
    api.on('happened', ({ event }) => {
      if (event.type === 'saved') this.#listIfWatched();
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
  /** The name of the one whose bytes are being read; null: none. */
  get checking(): string | null {
    return this.#checking;
  }
  /** Null: it was not checked since the folder was opened. */
  verdictOn(name: string): Verdict | null {
    return this.#verdicts[name] ?? null;
  }
  dismissFailure(): void {
    this.#failure = null;
  }

  /**
   * Keeps the list fresh while it is looked at.
   * @param path of the present folder: what was known of another is forgotten
   * @returns the function that ends it
   */
  watch(path: string): () => void {
    if (path !== this.#path) {
      this.#path = path;
      this.#list = null;
      this.#listFailure = null;
      this.#failure = null;
      this.#verdicts = {};
    }
    this.#watchers++;
    void this.refresh();
    return () => {
      this.#watchers--;
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

  /** Reads every byte of it. */
  async check(name: string): Promise<void> {
    if (this.#checking !== null) return;
    const path = this.#path;
    this.#checking = name;
    const answer = await this.#change({ type: 'verify', name });
    this.#checking = null;
    if (answer?.type !== 'verify' || path !== this.#path) return;
    const told = answer.verdicts.map((verdict) => [verdict.name, verdict] as const);
    this.#verdicts = { ...this.#verdicts, ...Object.fromEntries(told) };
  }

  /** @returns whether it is gone: the folder may refuse */
  async delete(name: string): Promise<boolean> {
    const answer = await this.#change({ type: 'delete', name });
    if (answer) await this.refresh();
    return answer !== null;
  }

  async #listUntilFresh(): Promise<void> {
    let asked: number;
    do {
      asked = this.#turn;
      const answer = await this.#request({ type: 'list' });
      // What was asked of another folder, or of this one as it was, is not told.
      if (asked !== this.#turn) continue;
      this.#list = 'what' in answer || answer.type !== 'list' ? null : answer;
      this.#listFailure = 'what' in answer ? answer : null;
    } while (asked !== this.#turn);
    this.#listing = null;
  }

  #listIfWatched(): void {
    if (this.#watchers > 0) void this.refresh();
  }

  /** @returns null where it was refused, which `failure` then tells */
  async #change(request: Request): Promise<CheckpointAnswer | null> {
    this.#failure = null;
    const path = this.#path;
    const answer = await this.#request(request);
    if (!('what' in answer)) return answer;
    if (path === this.#path) this.#failure = answer;
    return null;
  }

  async #request(request: Request): Promise<CheckpointAnswer | Failure> {
    try {
      const answer = await this.#api.call('checkpoints', request);
      return answer.type === 'refused' ? answer.failure : answer;
    } catch (error) {
      return toFailure(error, 'Checkpoints');
    }
  }
}
