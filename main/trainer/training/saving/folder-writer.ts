import type { Failure } from '../../../../shared/ipc.ts';
import type { Logged, LogStart } from '../../checkpoint/metrics-log.ts';
import type { Writing } from '../../checkpoint/thread/folder-service.ts';
import type { RunFolder } from '../../checkpoint/thread/run-folder.ts';

/** Most bytes of checkpoints that were taken and are not written yet; one checkpoint may always be under way. */
const MOST_BYTES_UNDER_WAY = 256e6;

/** Writes events and checkpoints to a run's folder while training goes on. */
export class FolderWriter {
  readonly #warn: (failure: Failure) => void;
  #folder: RunFolder;
  /** Events since the last write. */
  #events: Logged[] = [];
  #bytesUnderWay = 0;
  #allWritten: Promise<void> = Promise.resolve();
  #saidTooOften = false;

  /** @param warn is told of failures that harm no checkpoint */
  constructor(folder: RunFolder, warn: (failure: Failure) => void) {
    this.#folder = folder;
    this.#warn = warn;
  }

  get folder(): RunFolder {
    return this.#folder;
  }

  /**
   * Goes on in another folder, curves included, and unlocks the one before.
   * @throws FailureError
   */
  async enterFolder(folder: RunFolder, start: LogStart): Promise<void> {
    const before = this.#folder;
    await folder.begin(start, before);
    await before.close();
    this.#folder = folder;
  }

  /** Keeps an event until the next write. */
  addEvent(event: Logged): void {
    this.#events.push(event);
  }

  /** Whether no checkpoint is under way. */
  get isIdle(): boolean {
    return this.#bytesUnderWay === 0;
  }

  /** Whether a checkpoint of so many bytes may be taken now. */
  hasRoomFor(bytes: number): boolean {
    return this.isIdle || this.#bytesUnderWay + bytes <= MOST_BYTES_UNDER_WAY;
  }

  /** Warns, once, that a checkpoint is due at `step` and there is no room for it yet. */
  sayTooOften(step: number): void {
    if (this.#saidTooOften) return;
    this.#saidTooOften = true;
    this.#warn({
      what: `Checkpoints are due more often than they can be written here: at step ${step} those before it are still on their way. Training goes on; the next one is taken as soon as there is room.`,
      where: this.#folder.path,
      remedy: 'Save less often (--save-every-steps, --save-every-minutes), or on a faster disk.',
    });
  }

  /** Resolves when nothing is being written, even if a write has failed. */
  async whenWritten(): Promise<void> {
    await this.#allWritten;
  }

  /**
   * Writes the events so far, and a checkpoint if there is one.
   * @param bytes of the checkpoint
   * @returns path of the checkpoint, once it is on the disk; null: there is none
   * @throws FailureError when it cannot be written
   */
  write(checkpoint: Writing['checkpoint'], bytes: number): Promise<string | null> {
    this.#bytesUnderWay += bytes;
    const writing = { events: this.#events.splice(0), checkpoint };
    const written = this.#folder.write(writing).then(({ prefix, warnings }) => {
      for (const failure of warnings) this.#warn(failure);
      return prefix;
    });
    const release = (): void => {
      this.#bytesUnderWay -= bytes;
    };
    this.#allWritten = Promise.all([this.#allWritten, written.then(release, release)]).then(
      () => undefined,
    );
    return written;
  }
}
