import type { Cursor } from '../checkpoint/record.ts';
import { evaluatePart } from './evaluate-part.ts';
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
 * Validates the epoch whose end the cursor has reached, if there are validation examples.
 * @returns whether the epoch may be closed; false if training was asked to stop meanwhile
 * @throws DivergedError
 */
export async function validateEpoch(
  training: TrainingContext,
  observers: readonly TrainingObserver[],
  progress: Progress,
): Promise<boolean> {
  const { run, control } = training;
  const { cursor, dataset } = run;
  const validation =
    dataset.validation.count === 0
      ? null
      : await evaluatePart(training, 'validation', observers, progress);
  if (control.stopping) return false;
  run.validation = validation;
  if (!validation) return true;
  const validated = { epoch: cursor.epoch + 1, step: cursor.step, validation };
  for (const observer of observers) observer.onEpoch?.(validated);
  return true;
}

/**
 * Moves the cursor to the next epoch.
 * @returns the results of the epoch before
 */
export function closeEpoch({ cursor, dataset, validation }: Run): EpochEvent {
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
