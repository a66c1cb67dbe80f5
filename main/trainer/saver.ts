import { mkdtemp } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { FailureError, toFailure, type Failure } from '../../shared/ipc.ts';
import type { TrainerEvent } from '../../shared/trainer-protocol.ts';
import { Journal } from './checkpoint/journal.ts';
import type { Beginning, Logged } from './checkpoint/metrics-log.ts';
import { CheckpointStore } from './checkpoint/store.ts';
import { foundText, survey } from './checkpoint/survey.ts';
import { describeRun } from './describe-run.ts';
import { checkFinite } from './diverged.ts';
import { deviceName } from './environment.ts';
import type { Run } from './run.ts';

type Emit = (event: TrainerEvent) => void;

const MS_A_MINUTE = 60_000;

/** Saves a run while it trains, and writes down what happens. A checkpoint that cannot be written does not end training. */
export class Saver {
  readonly #run: Run;
  readonly #emit: Emit;
  readonly #journal: Journal;
  /** The step and the time that `everySteps` and `everyMinutes` count from. */
  #since: { step: number; at: number };

  constructor(run: Run, emit: Emit) {
    this.#run = run;
    this.#emit = emit;
    const place = async (): Promise<string> => {
      await run.store.checkSame();
      return run.store.folder;
    };
    this.#journal = new Journal(run.store.folder, place, this.#beginning, this.#warn);
    this.#since = { step: run.cursor.step, at: performance.now() };
  }

  /** Tells an event and keeps it with the run. */
  record(event: Logged): void {
    this.#journal.add(event);
    this.#emit(event);
  }

  /** Whether so many steps or minutes have passed that a checkpoint is to be saved within an epoch. */
  get isDue(): boolean {
    const { everyMinutes } = this.#run.config.checkpoints;
    const minutes = (performance.now() - this.#since.at) / MS_A_MINUTE;
    return this.stepsUntilDue <= 0 || (everyMinutes !== null && minutes >= everyMinutes);
  }

  /** Steps after which one is due for their number. */
  get stepsUntilDue(): number {
    const { everySteps } = this.#run.config.checkpoints;
    return everySteps === null ? Infinity : this.#since.step + everySteps - this.#run.cursor.step;
  }

  /** Takes a checkpoint of this step; it is written while training goes on. Waits for the one before. @throws FailureError when the weights are not finite */
  async begin(): Promise<void> {
    await this.#run.saved();
    checkFinite(this.#run);
    this.#since = { step: this.#run.cursor.step, at: performance.now() };
    this.#save().catch((error: unknown) => {
      this.#warn(toFailure(error, this.#run.store.folder));
    });
  }

  /** Sees to it that this very step is saved, and waits until it is. */
  async settle(): Promise<void> {
    if (this.#run.unsaved) await this.begin();
    await this.#run.saved();
  }

  /** As `settle`; where the folder cannot be written to, what has been learned is put elsewhere. @throws FailureError saying where */
  async finish(): Promise<void> {
    await this.#run.saved();
    if (!this.#run.unsaved) return;
    checkFinite(this.#run);
    try {
      await this.#save();
    } catch (error) {
      throw await this.#rescue(toFailure(error, this.#run.store.folder));
    }
  }

  /** Writes what has been recorded since the last checkpoint. */
  async close(): Promise<void> {
    await this.#journal.take()();
  }

  /** From now on into another folder, which must not have a run of its own. */
  async moveTo(folder: string): Promise<void> {
    await this.#run.saved();
    try {
      const store = await CheckpointStore.open(folder);
      const found = foundText(await survey(store.folder));
      if (store.taken.length > 0 || found !== null) {
        await store.close();
        throw new FailureError({
          what: `The folder holds ${found ?? 'checkpoints already'}; this run cannot be saved beside that.`,
          where: folder,
          remedy: 'Choose an empty folder.',
        });
      }
      await this.#enter(store);
    } catch (error) {
      this.#warn(toFailure(error, folder));
      return;
    }
    await this.begin();
    await this.#run.saved();
  }

  async #save(): Promise<void> {
    const saved = await this.#run.save(this.#journal, this.#warn);
    this.#emit({ type: 'saved', ...saved });
  }

  get #beginning(): Beginning {
    return { branch: this.#run.branch, step: this.#run.cursor.step, device: deviceName() };
  }

  async #enter(store: CheckpointStore): Promise<void> {
    await this.#run.store.close();
    this.#run.store = store;
    this.#journal.moveTo(store.folder, this.#beginning);
    await describeRun(this.#run, this.#warn);
  }

  /** The last chance: a new folder in the person's own. */
  async #rescue(failure: Failure): Promise<FailureError> {
    try {
      const folder = await mkdtemp(join(homedir(), 'firstlayer-rescued-'));
      await this.#enter(await CheckpointStore.open(folder));
      await this.#save();
      return new FailureError({
        ...failure,
        remedy: `What has been learned was saved in ${folder} instead; choose that folder to go on.`,
      });
    } catch {
      return new FailureError(failure);
    }
  }

  readonly #warn = (failure: Failure): void => {
    this.#emit({ type: 'warning', ...failure });
  };
}
