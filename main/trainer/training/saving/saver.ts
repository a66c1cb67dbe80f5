import type { RunConfig } from '../../../../shared/config.ts';
import { toFailure, type Failure } from '../../../../shared/ipc.ts';
import type { Logged } from '../../checkpoint/metrics-log.ts';
import type { RunFolder } from '../../checkpoint/thread/run-folder.ts';
import type { Choice } from '../../start/claim.ts';
import { throwIfWeightsDiverged } from '../divergence.ts';
import type { Run } from '../run.ts';
import { describeCheckpoint } from './describe-checkpoint.ts';
import { describeRun } from './describe-run.ts';
import { FolderWriter } from './folder-writer.ts';
import { openEmptyFolder, rescueRun } from './other-folders.ts';
import { SaveSchedule } from './save-schedule.ts';
import type { CheckpointRef, TrainerEvent } from '../../../../shared/trainer-events.ts';

type Emit = (event: TrainerEvent) => void;

/** Saves a run while it trains, and records what happens. A checkpoint that cannot be written does not end training. */
export class Saver {
  readonly #run: Run;
  readonly #emit: Emit;
  readonly #schedule: SaveSchedule;
  readonly #writer: FolderWriter;
  readonly camera: FolderWriter['camera'];
  #lastSaved: CheckpointRef | null;
  /** The newest checkpoint that is written or being written, recovery checkpoints apart; null if there is none. */
  #newest: { step: number; epoch: number; config: RunConfig } | null;
  /** Whether a checkpoint is due for which there was no room. */
  #isOwed = false;

  private constructor(run: Run, folder: RunFolder, emit: Emit) {
    this.#run = run;
    this.#emit = emit;
    this.#schedule = new SaveSchedule(run.cursor.step);
    this.#writer = new FolderWriter(run, folder, this.#warn);
    this.camera = this.#writer.camera;
    this.#lastSaved = run.isNewBranch || run.isFromRecovery ? null : run.restoredFrom;
    this.#newest = this.#lastSaved && { ...this.#lastSaved, config: run.config };
  }

  /**
   * Begins to save a run in a folder.
   * @param choice what a person has chosen for what lies there
   * @throws FailureError where the folder cannot be written to
   */
  static async begin(run: Run, folder: RunFolder, emit: Emit, choice?: Choice): Promise<Saver> {
    const warn = (failure: Failure): void => {
      emit({ type: 'warning', ...failure });
    };
    await describeRun(run, folder, warn, choice);
    return new Saver(run, folder, emit);
  }

  /** The folder that the run is saved in; a person may choose another during the run. */
  get folder(): RunFolder {
    return this.#writer.folder;
  }

  /** The newest checkpoint of this run, recovery checkpoints apart. */
  get lastSaved(): CheckpointRef | null {
    return this.#lastSaved;
  }

  /** The newest checkpoint that the run can go back to: its own, or the one that it began from. */
  get goodCheckpoint(): CheckpointRef | null {
    return this.#lastSaved ?? this.#run.restoredFrom;
  }

  /** Emits an event and keeps it with the run. The saver itself records that a checkpoint was saved. */
  record(event: Exclude<Logged, { type: 'saved' }>): void {
    this.#writer.addEvent(event);
    this.#emit(event);
  }

  /** Steps until a checkpoint within an epoch is due by `everySteps`. */
  get stepsUntilDue(): number {
    const { config, cursor } = this.#run;
    return this.#schedule.stepsUntilDue(config.checkpoints, cursor.step);
  }

  /** Whether there is no checkpoint of this very step with the present settings, neither written nor being written. */
  get needsSaving(): boolean {
    return !this.#isStepSaved || this.#newest?.config !== this.#run.config;
  }

  get #isStepSaved(): boolean {
    const { cursor } = this.#run;
    return this.#newest?.step === cursor.step && this.#newest.epoch === cursor.epoch;
  }

  /** Resolves when nothing is being written. */
  whenWritten(): Promise<void> {
    return this.#writer.whenWritten();
  }

  /**
   * Takes a checkpoint if one is due within an epoch, to be written while training goes on. The epoch's end has its own.
   * @returns whether it took one
   * @throws DivergedError
   */
  saveIfDue(): boolean {
    const { config, cursor, isEpochTrained } = this.#run;
    if (isEpochTrained) return false;
    return this.#isOwed || this.#schedule.isDue(config.checkpoints, cursor.step)
      ? this.saveWhenPossible()
      : this.recoverIfDue();
  }

  /**
   * Takes a checkpoint of this step, or, if too many are under way, of the first later step for which there is room.
   * @returns whether it took one
   * @throws DivergedError
   */
  saveWhenPossible(): boolean {
    this.#schedule.noteDue(this.#run.cursor.step);
    this.#isOwed = !this.#hasRoom;
    if (this.#isOwed) this.#writer.sayTooOften(this.#run.cursor.step);
    else this.#save('own').catch(this.#warnOf);
    return !this.#isOwed;
  }

  /**
   * Takes a recovery checkpoint if it has been long since the last of any kind.
   * @returns whether it took one
   * @throws DivergedError
   */
  recoverIfDue(): boolean {
    const isDue = this.#schedule.isRecoveryDue(this.#run.config.checkpoints);
    if (!isDue || !this.#writer.isIdle || !this.needsSaving) return false;
    this.#save('recovery').catch(this.#warnOf);
    return true;
  }

  /**
   * Takes a checkpoint of this very step, to be written while training goes on.
   * @throws DivergedError
   */
  async saveNow(): Promise<void> {
    if (!this.#hasRoom) await this.whenWritten();
    this.#save('own').catch(this.#warnOf);
  }

  /**
   * Like `saveNow`, before settings change, unless this step is saved already or the schedule has just had a checkpoint taken.
   * @throws DivergedError
   */
  async saveBeforeChange(): Promise<void> {
    if (!this.#isStepSaved && this.#schedule.takeBeforeChange()) await this.saveNow();
  }

  /**
   * Makes sure that this very step is saved, and waits until it is.
   * @throws DivergedError
   */
  async settle(): Promise<void> {
    if (this.needsSaving) await this.saveNow();
    await this.whenWritten();
  }

  /**
   * Like `settle`, but saves the run elsewhere if the folder cannot be written to.
   * @throws FailureError that names the other place
   */
  async finish(): Promise<void> {
    await this.whenWritten();
    if (!this.needsSaving) return;
    const saving = this.#save('own');
    try {
      await saving;
    } catch (error) {
      throw await rescueRun(toFailure(error, this.folder.path), async (folder) => {
        await this.#enter(folder);
        await this.#save('own');
      });
    }
  }

  /** Writes what has been recorded since the last checkpoint. */
  async close(): Promise<void> {
    await this.#writer.write(null, 0).catch(this.#warnOf);
  }

  /** Saves in another folder from now on, which must not hold a run. */
  async moveTo(path: string): Promise<void> {
    await this.whenWritten();
    try {
      await this.#enter(await openEmptyFolder(path));
    } catch (error) {
      this.#warn(toFailure(error, path));
      return;
    }
    await this.saveNow();
    await this.whenWritten();
  }

  get #hasRoom(): boolean {
    return this.#writer.hasRoomFor(this.#run.session.checkpointBytes);
  }

  /**
   * @param kind a checkpoint of the person's own, or one that only a crash needs
   * @returns once it is on the disk
   * @throws DivergedError at once
   */
  #save(kind: 'own' | 'recovery'): Promise<void> {
    const run = this.#run;
    throwIfWeightsDiverged({ run, saver: this });
    const { config, session } = run;
    const { step, epoch } = run.cursor;
    const newest = { step, epoch, config };
    const description = describeCheckpoint(run);
    const tensors = session.snapshot();
    const checkpoint = { description, tensors, isRecovery: kind === 'recovery' };
    if (kind === 'own') this.#newest = newest;
    this.#isOwed = false;
    const noteWritten = this.#schedule.noteTaken();
    return this.#writer.write(checkpoint, session.checkpointBytes).then(
      (path) => {
        noteWritten();
        const saved = { path: path ?? '', step, epoch, seed: config.training.seed };
        if (kind === 'own') {
          this.#lastSaved = saved;
          // This event is written with the next checkpoint, or at the end: its own checkpoint had to be written first.
          this.#writer.addEvent({ type: 'saved', epoch, step });
        }
        this.#emit({ type: kind === 'own' ? 'saved' : 'recovery-saved', ...saved });
      },
      (error: unknown) => {
        if (this.#newest === newest) this.#newest = null;
        throw error;
      },
    );
  }

  /** Records and saves in that folder from now on. */
  async #enter(folder: RunFolder): Promise<void> {
    await this.#writer.enterFolder(folder);
    await describeRun(this.#run, folder, this.#warn);
  }

  readonly #warnOf = (error: unknown): void => {
    this.#warn(toFailure(error, this.folder.path));
  };

  readonly #warn = (failure: Failure): void => {
    this.#emit({ type: 'warning', ...failure });
  };
}
