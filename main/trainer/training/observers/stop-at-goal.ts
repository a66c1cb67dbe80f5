import type { ReachedGoal } from '../../../../shared/recorded-events.ts';
import { goalReachedByScore, goalReachedByTime } from '../goal.ts';
import type { DoneStep } from '../steps.ts';
import type { ObservedTraining, TrainingObserver, ValidatedEpoch } from './observer.ts';

/**
 * Counts the run's training time, and records when one of `training.goal` is reached. `Run.isComplete` checks the goals itself, so that the
 * run is still complete after a restart.
 */
export class StopAtGoal implements TrainingObserver {
  readonly #training: ObservedTraining;
  /** A goal is recorded once. */
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

  /** The time may be up within an epoch. It is not recorded at that very step, since steps that ran at once with it count too. */
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
