import type { CheckpointPolicy } from '../../../../shared/config.ts';

const MS_A_MINUTE = 60_000;
/** Of `recoverySeconds`: the rest is for writing what was taken. */
const RECOVERY_SHARE = 0.8;
/** Writing recovery checkpoints may take a fifth of the time at most, however large they are and slow the disk is. */
const LEAST_TIMES_WRITING = 5;

/** Changes that follow each other this fast share the checkpoint before them. */
const MS_BETWEEN_CHANGES = 5_000;

/** When a checkpoint is to be saved within an epoch. The clock only counts while somebody looks at it. */
export class SaveSchedule {
  readonly #now: () => number;
  /** What `everySteps` and `everyMinutes` count from. */
  #since: { step: number; at: number };
  /** When the newest checkpoint of either kind was taken, and how long writing one takes, in milliseconds. */
  #takenAt: number;
  #writingTakes = 0;
  /** When the newest was taken that keeps what was before a change. */
  #beforeChangeAt = -Infinity;

  constructor(step: number, now: () => number = () => performance.now()) {
    this.#now = now;
    this.#takenAt = now();
    this.#since = { step, at: this.#takenAt };
  }

  /** Steps after which one is due for their number. */
  stepsUntilDue({ everySteps }: CheckpointPolicy, step: number): number {
    return everySteps === null ? Infinity : this.#since.step + everySteps - step;
  }

  /** A person's own. */
  isDue(policy: CheckpointPolicy, step: number): boolean {
    const { everyMinutes } = policy;
    const minutes = (this.#now() - this.#since.at) / MS_A_MINUTE;
    return (
      this.stepsUntilDue(policy, step) <= 0 || (everyMinutes !== null && minutes >= everyMinutes)
    );
  }

  isRecoveryDue({ recoverySeconds }: CheckpointPolicy): boolean {
    if (recoverySeconds === null) return false;
    const wanted = recoverySeconds * 1000 * RECOVERY_SHARE;
    const least = this.#writingTakes * LEAST_TIMES_WRITING;
    return this.#now() - this.#takenAt >= Math.max(wanted, least);
  }

  /**
   * Whether what was before a change is to be kept. A slider that is dragged asks many times a second: what was before a row of
   * changes is kept once, and again every few seconds.
   */
  takeBeforeChange(): boolean {
    const now = this.#now();
    if (now - this.#beforeChangeAt < MS_BETWEEN_CHANGES) return false;
    this.#beforeChangeAt = now;
    return true;
  }

  /** One was due. */
  noteDue(step: number): void {
    this.#since = { step, at: this.#now() };
  }

  /**
   * One was taken, to be written.
   * @returns to be called when it is written
   */
  noteTaken(): () => void {
    const at = this.#now();
    this.#takenAt = at;
    return () => {
      this.#writingTakes = this.#now() - at;
    };
  }
}
