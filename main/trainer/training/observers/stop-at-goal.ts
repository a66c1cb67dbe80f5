import type { ReachedGoal } from '../../../../shared/recorded-events.ts';
import { goalReachedByScore, goalReachedByTime } from '../goal.ts';
import type { DoneStep } from '../steps.ts';
import type { ObservedTraining, TrainingObserver, ValidatedEpoch } from './observer.ts';

/**
 * Counts the time that the run has trained for, and records that one of `training.goal` is reached. That it then is complete
 * `Run.isComplete` says by itself, so that it also is after a restart.
 */
export class StopAtGoal implements TrainingObserver {
  readonly #training: ObservedTraining;
  /** A goal is told once. */
  #isTold = false;

  constructor(training: ObservedTraining) {
    this.#training = training;
  }

  onStep({ seconds }: DoneStep): void {
    this.#training.run.trainingSeconds += seconds;
  }

  onEpoch({ epoch, step, validation }: ValidatedEpoch): void {
    const { goal } = this.#training.run.config.training;
    this.#tell(goalReachedByScore(goal, validation), epoch, step);
  }

  /** Time may be up within an epoch. Not told at the very step: those that were done at once with it count too. */
  onHalt(): void {
    const { cursor, config, trainingSeconds } = this.#training.run;
    const reached = goalReachedByTime(config.training.goal, trainingSeconds);
    this.#tell(reached, cursor.epoch + 1, cursor.step);
  }

  #tell(reached: ReachedGoal | null, epoch: number, step: number): void {
    if (!reached || this.#isTold) return;
    this.#isTold = true;
    this.#training.saver.record({ type: 'goal-reached', epoch, step, ...reached });
  }
}
