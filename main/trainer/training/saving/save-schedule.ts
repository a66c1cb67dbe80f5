import type { CheckpointPolicy } from '../../../../shared/config.ts';

const MS_A_MINUTE = 60_000;
/** The share of `recoverySeconds` after which a recovery checkpoint is taken; the rest is for writing it. */
const RECOVERY_SHARE = 0.8;
/** Writing recovery checkpoints may take a fifth of the time at most, however large they are and slow the disk is. */
const LEAST_TIMES_WRITING = 5;

/** Changes that follow each other faster than this are one movement of a person's hand, such as dragging a slider. */
const MS_OF_ONE_MOVEMENT = 2_000;
/** While a movement lasts, the state before a change is saved this often. */
const MS_WITHIN_MOVEMENT = 5_000;

/** Decides when a checkpoint is due within an epoch. It has no timer: it looks at the clock only when it is asked. */
export class SaveSchedule {
  readonly #now: () => number;
  /** What `everySteps` and `everyMinutes` count from. */
  #since: { step: number; at: number };
  /** When the newest checkpoint of either kind was taken, and how long writing one takes, in milliseconds. */
  #takenAt: number;
  #writingTakes = 0;
  /** When settings last changed, and when the state before a change was last saved, in milliseconds. */
  #changedAt = -Infinity;
  #beforeChangeAt = -Infinity;

  constructor(step: number, now: () => number = () => performance.now()) {
    this.#now = now;
    this.#takenAt = now();
    this.#since = { step, at: this.#takenAt };
  }

  /** Steps until a checkpoint is due by `everySteps`. */
  stepsUntilDue({ everySteps }: CheckpointPolicy, step: number): number {
    return everySteps === null ? Infinity : this.#since.step + everySteps - step;
  }

  /** Whether a checkpoint is due by the person's own settings. */
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
   * Called before settings change: whether the state before is to be saved. A slider that is dragged changes them many times a second, so
   * the state is saved before the movement, and again every few seconds.
   */
  takeBeforeChange(): boolean {
    const now = this.#now();
    const isSameMovement = now - this.#changedAt < MS_OF_ONE_MOVEMENT;
    this.#changedAt = now;
    if (isSameMovement && now - this.#beforeChangeAt < MS_WITHIN_MOVEMENT) return false;
    this.#beforeChangeAt = now;
    return true;
  }

  /** Notes that a checkpoint was due at this step. */
  noteDue(step: number): void {
    this.#since = { step, at: this.#now() };
  }

  /**
   * Notes that a checkpoint was taken, to be written.
   * @returns a function to call when it is written
   */
  noteTaken(): () => void {
    const at = this.#now();
    this.#takenAt = at;
    return () => {
      this.#writingTakes = this.#now() - at;
    };
  }
}
