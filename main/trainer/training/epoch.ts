import type { Cursor } from '../checkpoint/record.ts';
import { evaluatePart } from './evaluate-part.ts';
import { examplesOf } from './evaluated-part.ts';
import type { TrainingObserver } from './observers/observer.ts';
import type { Progress } from './progress.ts';
import type { Run } from './run.ts';
import type { DoneStep } from './steps.ts';
import type { TrainingContext } from './training-context.ts';
import type { EpochEvent } from '../../../shared/trainer-events.ts';

/** Moves the cursor on by one finished step. */
export function countStep(cursor: Cursor, { batch, outcome }: DoneStep): void {
  cursor.step += 1;
  cursor.batches += 1;
  cursor.position += batch.size;
  cursor.lossSum += outcome.loss * batch.size;
  cursor.correct += outcome.correct;
}

/**
 * Validates the epoch that the cursor has reached the end of, where there are examples for it, and measures training in the same
 * way, where that is wanted. Whoever stops meanwhile has both done anew when the run goes on.
 * @returns whether it may be closed; false: it was asked to stop meanwhile
 * @throws DivergedError
 */
export async function validateEpoch(
  training: TrainingContext,
  observers: readonly TrainingObserver[],
  progress: Progress,
): Promise<boolean> {
  const { run, control } = training;
  const evaluated = await evaluateEpoch(training, observers, progress);
  if (control.stopping) return false;
  Object.assign(run, evaluated);
  const { validation } = evaluated;
  if (!validation) return true;
  const validated = { epoch: run.cursor.epoch + 1, step: run.cursor.step, validation };
  for (const observer of observers) observer.onEpoch?.(validated);
  return true;
}

/** What there is to evaluate at the end of an epoch; what comes after it was asked to stop is not. */
async function evaluateEpoch(
  training: TrainingContext,
  observers: readonly TrainingObserver[],
  progress: Progress,
): Promise<Pick<Run, 'validation' | 'trainEvaluated'>> {
  const { run, control } = training;
  const validation =
    run.dataset.validation.count === 0
      ? null
      : await evaluatePart(training, 'validation', observers, progress);
  // It may have been switched on or off during the validation.
  const isMeasured = run.config.training.measureTraining && !control.stopping;
  const trainEvaluated = isMeasured ? await measureTraining(training, observers, progress) : null;
  return { validation, trainEvaluated };
}

/** As validation is measured; null when it was asked to stop. */
async function measureTraining(
  training: TrainingContext,
  observers: readonly TrainingObserver[],
  progress: Progress,
): Promise<Run['trainEvaluated']> {
  const score = await evaluatePart(training, 'training', observers, progress);
  if (!score) return null;
  const { loss, accuracy } = score;
  return { loss, accuracy, examples: examplesOf(training.run, 'training').count };
}

/**
 * Moves the cursor to the next epoch.
 * @returns the results of the epoch before
 */
export function closeEpoch(run: Run): EpochEvent {
  const { cursor, dataset, validation, trainEvaluated } = run;
  const counted = dataset.train.count - (cursor.uncounted ?? 0);
  const event: EpochEvent = {
    type: 'epoch',
    epoch: cursor.epoch + 1,
    step: cursor.step,
    batches: cursor.batches,
    train: {
      loss: cursor.lossSum / counted,
      accuracy: cursor.correct / counted,
    },
    ...(trainEvaluated && { trainEvaluated }),
    validation,
  };
  Object.assign(cursor, {
    epoch: cursor.epoch + 1,
    position: 0,
    batches: 0,
    lossSum: 0,
    correct: 0,
  });
  delete cursor.uncounted;
  return event;
}
