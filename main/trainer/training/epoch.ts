import type { Cursor } from '../checkpoint/record.ts';
import { evaluatePart } from './evaluate-part.ts';
import type { TrainingObserver } from './observers/observer.ts';
import type { Progress } from './progress.ts';
import type { Run } from './run.ts';
import type { DoneStep } from './steps.ts';
import type { TrainingContext } from './training-context.ts';
import type { EpochEvent } from '../../../shared/trainer-events.ts';

/** Moves on by a step that was done. */
export function countStep(cursor: Cursor, { batch, outcome }: DoneStep): void {
  cursor.step += 1;
  cursor.batches += 1;
  cursor.position += batch.size;
  cursor.lossSum += outcome.loss * batch.size;
  cursor.correct += outcome.correct;
}

/**
 * Validates the epoch that the cursor has reached the end of, where there are examples for it.
 * @returns whether it may be closed; false: it was asked to stop meanwhile
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
 * Moves on to the next epoch.
 * @returns how the one before went
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
