import { mkdtemp } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { RunConfig } from '../../../shared/config.ts';
import { FailureError, toFailure, type Failure } from '../../../shared/ipc.ts';
import type { TrainerEvent } from '../../../shared/trainer-events.ts';
import type { Logged, LogStart } from '../checkpoint/metrics-log.ts';
import type { Writing } from '../checkpoint/thread/folder-service.ts';
import { RunFolder } from '../checkpoint/thread/run-folder.ts';
import { describeRun } from './describe-run.ts';
import { checkFinite } from './divergence.ts';
import { deviceName } from '../tensorflow/environment.ts';
import type { Run } from './run.ts';
import { SaveSchedule } from './save-schedule.ts';

type Emit = (event: TrainerEvent) => void;
/** What others have recorded; that it has saved, the saver records itself. */
type Recorded = Exclude<Logged, { type: 'saved' }>;

/** Memory for checkpoints that were taken and are not written yet; one may always be under way. */
const MOST_BYTES_UNDER_WAY = 256e6;

/** Saves a run while it trains, and writes down what happens. A checkpoint that cannot be written does not end training. */
export class Saver {
  readonly #run: Run;
  readonly #emit: Emit;
  readonly #schedule: SaveSchedule;
  /** Since the last writing. */
  #events: Logged[] = [];
  /** What the newest checkpoint has that was written or is to be, recovery checkpoints apart; null: there is none. */
  #newest: { step: number; epoch: number; config: RunConfig } | null;
  #underWay = 0;
  /** Resolves when nothing is under way. */
  #writing: Promise<void> = Promise.resolve();
  /** One is due, but there was no room for it. */
  #isOwed = false;
  #saidTooOften = false;

  constructor(run: Run, emit: Emit) {
    this.#run = run;
    this.#emit = emit;
    this.#schedule = new SaveSchedule(run.cursor.step);
    this.#newest = run.lastSaved && { ...run.lastSaved, config: run.config };
    this.#warnIfItFails(run.folder.begin(this.#start, null));
    // The first time takes longer than a training step: TensorFlow makes these parts of the graph ready.
    run.session.notFinite();
    run.session.snapshot();
  }

  /** Tells an event and keeps it with the run. */
  record(event: Recorded): void {
    this.#events.push(event);
    this.#emit(event);
  }

  /** Steps after which a checkpoint is due within an epoch for their number. */
  get stepsUntilDue(): number {
    const { config, cursor } = this.#run;
    return this.#schedule.stepsUntilDue(config.checkpoints, cursor.step);
  }

  /** True while no checkpoint of this very step, with the settings as they are now, is there or being written. */
  get needsSaving(): boolean {
    const { config, cursor } = this.#run;
    const { step, epoch } = cursor;
    return (
      this.#newest?.step !== step || this.#newest.epoch !== epoch || this.#newest.config !== config
    );
  }

  /** Resolves when nothing is being written. */
  async whenWritten(): Promise<void> {
    await this.#writing;
  }

  /**
   * Within an epoch: takes a checkpoint if one is due, to be written while training goes on.
   * @returns whether it took one. @throws DivergedError
   */
  saveIfDue(): boolean {
    const { config, cursor } = this.#run;
    return this.#isOwed || this.#schedule.isDue(config.checkpoints, cursor.step)
      ? this.saveWhenPossible()
      : this.recoverIfDue();
  }

  /**
   * Takes a checkpoint of this step, or, where too many are under way, of the first one that it can.
   * @returns whether it took one. @throws DivergedError
   */
  saveWhenPossible(): boolean {
    this.#schedule.noteDue(this.#run.cursor.step);
    this.#isOwed = !this.#hasRoom;
    if (this.#isOwed) this.#sayTooOften();
    else this.#warnIfItFails(this.#save('own'));
    return !this.#isOwed;
  }

  /** Takes a recovery checkpoint if it has been long since the last of any kind. @returns whether it took one. @throws DivergedError */
  recoverIfDue(): boolean {
    const isDue = this.#schedule.isRecoveryDue(this.#run.config.checkpoints);
    if (!isDue || this.#underWay > 0 || !this.needsSaving) return false;
    this.#warnIfItFails(this.#save('recovery'));
    return true;
  }

  /** Takes a checkpoint of this very step, to be written while training goes on. @throws DivergedError */
  async saveNow(): Promise<void> {
    if (!this.#hasRoom) await this.#writing;
    this.#warnIfItFails(this.#save('own'));
  }

  /** Sees to it that this very step is saved, and waits until it is. */
  async settle(): Promise<void> {
    if (this.needsSaving) await this.saveNow();
    await this.#writing;
  }

  /** As `settle`; where the folder cannot be written to, what has been learned is put elsewhere. @throws FailureError saying where */
  async finish(): Promise<void> {
    await this.#writing;
    if (!this.needsSaving) return;
    const saving = this.#save('own');
    try {
      await saving;
    } catch (error) {
      throw await this.#rescue(toFailure(error, this.#run.folder.path));
    }
  }

  /** Writes what has been recorded since the last checkpoint. */
  async close(): Promise<void> {
    await this.#write({ events: this.#events.splice(0), checkpoint: null }).catch(this.#warnOf);
  }

  /** From now on into another folder, which must not have a run of its own. */
  async moveTo(path: string): Promise<void> {
    await this.#writing;
    try {
      const folder = await RunFolder.open(path);
      const found = await folder.foundText();
      if (folder.taken.length > 0 || found !== null) {
        await folder.close();
        throw new FailureError({
          what: `The folder holds ${found ?? 'checkpoints already'}; this run cannot be saved beside that.`,
          where: path,
          remedy: 'Choose an empty folder.',
        });
      }
      await this.#enter(folder);
    } catch (error) {
      this.#emit({ type: 'warning', ...toFailure(error, path) });
      return;
    }
    await this.saveNow();
    await this.#writing;
  }

  get #hasRoom(): boolean {
    const next = this.#run.session.checkpointBytes;
    return this.#underWay === 0 || this.#underWay + next <= MOST_BYTES_UNDER_WAY;
  }

  /** @returns when it is on the disk. @throws DivergedError */
  #save(kind: 'own' | 'recovery'): Promise<void> {
    const run = this.#run;
    checkFinite(run);
    const { config } = run;
    const { step, epoch } = run.cursor;
    const taken = { step, epoch, config };
    const checkpoint = {
      description: run.describe(),
      tensors: run.session.snapshot(),
      isRecovery: kind === 'recovery',
    };
    if (kind === 'own') this.#newest = taken;
    this.#isOwed = false;
    const noteWritten = this.#schedule.noteTaken();
    return this.#write({ events: this.#events.splice(0), checkpoint }).then(
      (path) => {
        noteWritten();
        const ref = { path: path ?? '', step, epoch, seed: config.training.seed };
        if (kind === 'own') run.lastSaved = ref;
        // With the next checkpoint, or at the end: this one had to be there first.
        if (kind === 'own') this.#events.push({ type: 'saved', epoch, step });
        this.#emit({ type: kind === 'own' ? 'saved' : 'recovery-saved', ...ref });
      },
      (error: unknown) => {
        if (this.#newest === taken) this.#newest = null;
        throw error;
      },
    );
  }

  /** @returns path of the checkpoint, where one was to be written. @throws FailureError when it cannot be */
  #write(writing: Writing): Promise<string | null> {
    const bytes = writing.checkpoint ? this.#run.session.checkpointBytes : 0;
    this.#underWay += bytes;
    const written = this.#run.folder.write(writing).then(({ prefix, warnings }) => {
      for (const failure of warnings) this.#emit({ type: 'warning', ...failure });
      return prefix;
    });
    const release = (): void => {
      this.#underWay -= bytes;
    };
    this.#writing = Promise.all([this.#writing, written.then(release, release)]).then(
      () => undefined,
    );
    return written;
  }

  get #start(): LogStart {
    return { branch: this.#run.branch, step: this.#run.cursor.step, device: deviceName() };
  }

  async #enter(folder: RunFolder): Promise<void> {
    const before = this.#run.folder;
    await folder.begin(this.#start, before);
    await before.close();
    this.#run.folder = folder;
    await describeRun(this.#run, this.#warn);
  }

  /** The last chance: a new folder in the person's own. */
  async #rescue(failure: Failure): Promise<FailureError> {
    try {
      const path = await mkdtemp(join(homedir(), 'firstlayer-rescued-'));
      await this.#enter(await RunFolder.open(path));
      await this.#save('own');
      return new FailureError({
        ...failure,
        remedy: `What has been learned was saved in ${path} instead; open that folder as the checkpoint folder to go on from there.`,
      });
    } catch {
      return new FailureError(failure);
    }
  }

  #sayTooOften(): void {
    if (this.#saidTooOften) return;
    this.#saidTooOften = true;
    this.#warn({
      what: `Checkpoints are due more often than they can be written here: at step ${this.#run.cursor.step} those before it are still on their way. Training goes on; the next one is taken as soon as there is room.`,
      where: this.#run.folder.path,
      remedy: 'Save less often (--save-every-steps, --save-every-minutes), or on a faster disk.',
    });
  }

  #warnIfItFails(done: Promise<unknown>): void {
    done.catch(this.#warnOf);
  }

  readonly #warnOf = (error: unknown): void => {
    this.#warn(toFailure(error, this.#run.folder.path));
  };

  readonly #warn = (failure: Failure): void => {
    this.#emit({ type: 'warning', ...failure });
  };
}
