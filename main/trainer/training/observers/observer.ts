import type { DoneStep } from '../steps.ts';
import type { TrainingContext } from '../training-context.ts';
import type { EvaluatedScore } from '../../../../shared/score.ts';

/** The run that most observers watch, and the saver that records their events. */
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

/** Is told what happens in training, like a callback in Keras. The loop knows no observer; `training-observers.ts` lists them all. */
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
  /** No step follows for now: training is paused, or an epoch's steps are done. */
  onHalt?(): void;
}
