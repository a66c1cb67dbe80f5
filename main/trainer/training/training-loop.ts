import { pauseIfAsked, type Doing } from './between-steps.ts';
import type { TrainingContext } from './training-context.ts';
import { epochOrder } from '../data/batches.ts';
import { StepsAtOnceChooser } from './choose-steps-at-once.ts';
import { throwIfLossDiverged } from './divergence.ts';
import { closeEpoch, countStep, validateEpoch } from './epoch.ts';
import { evaluatePart } from './evaluate-part.ts';
import type { TrainingObserver } from './observers/observer.ts';
import { trainingObservers } from './observers/training-observers.ts';
import { Progress } from './progress.ts';
import { finishSaving, measureSaving } from './saving/save-progress.ts';
import { runSteps } from './steps.ts';

const TRAINING: Doing = { phase: 'training', detail: '' };

/**
 * Trains a run to its end, or until it is asked to stop: an epoch is every example once, in an order drawn for it; after each,
 * the validation and a checkpoint; after the last, the test. Read it under five headings: rate, step, evaluate, save, end. What else
 * follows from a step or an epoch is in `observers/`.
 * @throws DivergedError
 */
export async function train(training: TrainingContext): Promise<void> {
  const { run, control, saver, emit } = training;
  const { cursor, dataset } = run;
  const progress = new Progress();
  const stepsAtOnce = new StepsAtOnceChooser(training);
  const observers: TrainingObserver[] = [...trainingObservers(training, progress), stepsAtOnce];
  emit({ type: 'phase', ...TRAINING });
  if (run.isNewBranch) await saver.saveNow();

  while (!run.isComplete) {
    const order = epochOrder(dataset.train.count, run.config.training.seed, cursor.epoch);
    for (const observer of observers) observer.onEpochBegin?.();
    while (run.hasStepInEpoch) {
      await pauseIfAsked(training, TRAINING, observers);
      if (control.stopping) break;

      // ---- Rate: by schedule, warm-up and plateaus, of each of the steps that are run at once.
      const rates = run.nextLearningRates(stepsAtOnce.nextCount());

      // ---- Step: forward, backward and update.
      const { done, diverged } = runSteps(run, order, rates);
      for (const step of done) {
        countStep(cursor, step);
        for (const observer of observers) observer.onStep?.(step);
      }
      throwIfLossDiverged(training, diverged);
      measureSaving(saver, progress, () => saver.saveIfDue());
      // What is asked of a run that begins is answered after its first step, which a person waits for.
      await control.yieldToEventLoop();
    }
    for (const observer of observers) observer.onHalt?.();
    // `maxSteps` may be reached within an epoch, which is not validated then.
    if (control.stopping || !run.isEpochTrained) break;

    // ---- Evaluate: on the validation examples, which may lower the rate or end training early.
    if (!(await validateEpoch(training, observers, progress))) break;
    saver.record(closeEpoch(run));

    // ---- Save: the epoch, while the next one begins.
    measureSaving(saver, progress, () => saver.saveWhenPossible());
    emit({ type: 'phase', ...TRAINING });
    await pauseIfAsked(training, TRAINING, observers);
  }

  // ---- End: all is saved before the test, whose score is recorded last.
  await finishSaving(training, progress);
  const test = control.stopping ? null : await evaluatePart(training, 'test', observers, progress);
  const { step, epoch } = cursor;
  if (test) saver.record({ type: 'finished', epoch, step, test, seconds: progress.seconds });
  // Numbers may have been changed while the test was paused.
  await saver.finish();
  if (!test) emit({ type: 'stopped', epoch, step, checkpoint: saver.lastSaved });
  await saver.close();
}
