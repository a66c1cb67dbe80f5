import type { Snapshot } from '../../shared/contract.ts';
import type { Api } from '../api.ts';
import type { Notices } from './notices.svelte.ts';

/** The parts of other state that are needed here. */
interface Affected {
  readonly notices: Notices;
  readonly training: { readonly busy: boolean };
  readonly weightEdits: { readonly count: number };
  /** What was measured with other threads holds no more. */
  readonly costEstimate: { forget(): void };
}

/** How many of this machine's cores training may use. Another number ends the trainer, which is then started anew. */
export class ThreadChoice {
  readonly #api: Api;
  readonly #affected: Affected;
  #cores = $state(1);
  #threads = $state<number | null>(null);

  constructor(api: Api, affected: Affected) {
    this.#api = api;
    this.#affected = affected;
  }

  /** What there is to choose from: null, which is all cores, and each number below that. */
  get choices(): readonly (number | null)[] {
    return [null, ...Array.from({ length: this.#cores - 1 }, (_, k) => k + 1)];
  }
  get cores(): number {
    return this.#cores;
  }
  /** Null: all cores. */
  get threads(): number | null {
    return this.#threads;
  }
  /** Why it cannot be changed at present; null: it can. */
  get lock(): string | null {
    const { training, weightEdits } = this.#affected;
    if (training.busy)
      return 'Fixed while the run trains: TensorFlow reads it when it is loaded. Stop the run to change it; it then goes on from where it is.';
    if (weightEdits.count > 0)
      return 'Weights that are set by hand would be lost. Train on from them first, or take them back.';
    return null;
  }

  load({ threads, cores }: Pick<Snapshot, 'threads' | 'cores'>): void {
    this.#cores = cores;
    // As many as there are is all of them.
    this.#threads = threads === cores ? null : threads;
  }

  /** Takes effect at once, also while the trainer is still started anew for the choice before; where it is refused, it is as it was. */
  async choose(threads: number | null): Promise<void> {
    if (threads === this.#threads || this.lock !== null) return;
    const before = this.#threads;
    this.#threads = threads;
    const { notices, costEstimate } = this.#affected;
    const isDone = await notices.attempt('Threads', async () => {
      await this.#api.call('setThreads', threads);
      return true;
    });
    if (isDone) costEstimate.forget();
    else if (this.#threads === threads) this.#threads = before;
  }
}
