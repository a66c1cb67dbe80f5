import { availableParallelism } from 'node:os';
import type { Snapshot } from '../shared/contract.ts';
import { FailureError } from '../shared/ipc.ts';
import { threadsProblem, THREADS_VARIABLE } from '../shared/threads.ts';
import type { Preferences } from './preferences-file.ts';

/** Milliseconds: no run is under way, but a step of a measurement may be. */
const RESTART_PATIENCE = 15_000;

/** The parts of the app that a change of threads restarts. */
interface Restarted {
  readonly host: { restart(patience: number): Promise<void> };
  readonly reader: { close(): void };
  readonly training: { refuseWhileBusy(): void; open(): void };
}

/** How many of this machine's cores training may use, as set by the person. */
export class TrainerThreads {
  readonly #preferences: Preferences;
  readonly #cores: number;

  constructor(preferences: Preferences, cores = availableParallelism()) {
    this.#preferences = preferences;
    this.#cores = cores;
  }

  snapshot(): Pick<Snapshot, 'threads' | 'cores'> {
    return { threads: this.#preferences.get('threads'), cores: this.#cores };
  }

  /**
   * The environment of a process that loads TensorFlow. The window shows the setting, so a variable that the app was started with does not
   * count.
   */
  environment(): NodeJS.ProcessEnv {
    const threads = this.#preferences.get('threads');
    return { ...process.env, [THREADS_VARIABLE]: threads === null ? '' : String(threads) };
  }

  /**
   * Ends the processes that have TensorFlow loaded; the next trainer opens the folder anew.
   * @param threads null means all cores, and so does the number of all cores
   * @returns when the old trainer has ended
   * @throws FailureError while there is a run, or if there are fewer cores
   */
  async change(threads: number | null, { host, reader, training }: Restarted): Promise<void> {
    training.refuseWhileBusy();
    if (threads !== null && threads > this.#cores)
      throw new FailureError({
        what: `Threads ${threadsProblem(String(threads), this.#cores)}`,
        where: 'threads',
        remedy: 'Choose fewer, or all cores.',
      });
    const kept = threads === this.#cores ? null : threads;
    if (kept === this.#preferences.get('threads')) return;
    this.#preferences.set('threads', kept);
    reader.close();
    const restarted = host.restart(RESTART_PATIENCE);
    // This goes to the next process already, so that a start that is asked for meanwhile comes after it.
    training.open();
    await restarted;
  }
}
