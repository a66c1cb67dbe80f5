import type { DoneStep } from '../steps.ts';
import type { TrainingContext } from '../training-context.ts';
import type { EvaluatedScore } from '../../../../shared/score.ts';

/** What most observers look at, and where they record what they have to tell. */
export type ObservedTraining = Pick<TrainingContext, 'run' | 'saver'>;

/** An epoch that has been trained and validated. */
export interface ValidatedEpoch {
  /** From 1. */
  epoch: number;
  /** Steps done in the whole run. */
  step: number;
  /** Its loss is finite. */
  validation: EvaluatedScore;
}

/** Examples that have been evaluated together. */
export interface EvaluatedBatch {
  examples: number;
  seconds: number;
}

/** Hears what happens in training, as Keras's callbacks do. The loop knows none of them; `training-observers.ts` lists them all. */
export interface TrainingObserver {
  /** Steps of an epoch follow. */
  onEpochBegin?(): void;
  /**
   * A step was done and is counted.
   * @throws DivergedError which ends training
   */
  onStep?(step: DoneStep): void;
  onEvaluatedBatch?(batch: EvaluatedBatch): void;
  /** An epoch was validated; the run's cursor still stands at its end. */
  onEpoch?(epoch: ValidatedEpoch): void;
  /** Nothing follows for now: it is paused, or an epoch's steps are done. */
  onHalt?(): void;
}
