import type { CheckpointPolicy } from '../../../../shared/config.ts';

const MS_A_MINUTE = 60_000;
/** Of `recoverySeconds`: the rest is for writing what was taken. */
const RECOVERY_SHARE = 0.8;
/** Writing recovery checkpoints may take a fifth of the time at most, however large they are and slow the disk is. */
const LEAST_TIMES_WRITING = 5;

/** Changes that follow each other faster than this are one movement of a person's hand. */
const MS_OF_ONE_MOVEMENT = 2_000;
/** As long as one lasts, what was before is kept this often. */
const MS_WITHIN_MOVEMENT = 5_000;

/** When a checkpoint is to be saved within an epoch. The clock only counts while somebody looks at it. */
export class SaveSchedule {
  readonly #now: () => number;
  /** What `everySteps` and `everyMinutes` count from. */
  #since: { step: number; at: number };
  /** When the newest checkpoint of either kind was taken, and how long writing one takes, in milliseconds. */
  #takenAt: number;
  #writingTakes = 0;
  /** When numbers were changed last, and when what was before a change was kept last. */
  #changedAt = -Infinity;
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
   * Numbers are about to be changed: whether what is before is to be kept. A slider that is dragged asks many times a second: what was
   * before it is kept, and again every few seconds.
   */
  takeBeforeChange(): boolean {
    const now = this.#now();
    const isSameMovement = now - this.#changedAt < MS_OF_ONE_MOVEMENT;
    this.#changedAt = now;
    if (isSameMovement && now - this.#beforeChangeAt < MS_WITHIN_MOVEMENT) return false;
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
