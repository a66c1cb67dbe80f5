import type { StepEvent } from '../../../shared/trainer-events.ts';
import { standStill } from './between-steps.ts';
import type { TrainingContext } from './training-context.ts';
import { epochOrder } from '../data/batches.ts';
import { diagnosedLayers } from './layer-diagnostics.ts';
import { checkGradients, checkNorms, divergedLoss } from './divergence.ts';
import { evaluated, finishEpoch } from './epoch-end.ts';
import { doSteps } from './steps.ts';
import { Pace } from './pace.ts';
import { Progress } from './progress.ts';
import type { Diagnostics } from '../tensorflow/outcomes.ts';
import { Reporter } from './reporter.ts';
import { finishSaving, saving } from './save-progress.ts';
import { workLeft } from './work-left.ts';

/**
 * Trains a run to its end, or until it is asked to stop: an epoch is every example once, in an order drawn for it; after each,
 * the validation and a checkpoint; after the last, the test. @throws DivergedError
 */
export async function train(training: TrainingContext): Promise<void> {
  const { run, control, saver, emit } = training;
  const progress = new Progress();
  const pace = new Pace();
  emit({ type: 'phase', phase: 'training', detail: '' });
  if (run.isNewBranch) await saver.saveNow();
  while (!run.isComplete) {
    await trainEpoch(training, progress, pace);
    if (control.stopping) break;
    if (run.cursor.position < run.dataset.train.count) break; // maxSteps came before the epoch's end.
    const epoch = await finishEpoch(training, progress);
    if (!epoch) break;
    saver.record(epoch);
    saving(training, progress, () => saver.saveWhenPossible());
    emit({ type: 'phase', phase: 'training', detail: '' });
    await standStill(training, 'training');
  }
  await finishSaving(training, progress);
  const test = control.stopping ? null : await evaluated(training, 'test', progress);
  const { step, epoch } = run.cursor;
  if (test) saver.record({ type: 'finished', epoch, step, test, seconds: progress.seconds });
  // Numbers may have been changed while the test was paused.
  await saver.finish();
  if (!test) emit({ type: 'stopped', epoch, step, checkpoint: run.lastSaved });
  await saver.close();
}

/** From where the cursor is to the epoch's end, or to `maxSteps`, or until asked to stop. */
async function trainEpoch(
  training: TrainingContext,
  progress: Progress,
  pace: Pace,
): Promise<void> {
  const { run, control, saver } = training;
  const { cursor, dataset } = run;
  const order = epochOrder(dataset.train.count, run.config.training.seed, cursor.epoch);
  const steps = new Reporter<StepEvent>((event) => {
    saver.record(event);
  });
  while (cursor.position < dataset.train.count && !run.isComplete) {
    await control.turn();
    if (control.paused) steps.flush();
    await standStill(training, 'training');
    if (control.stopping) break;
    const since = performance.now();
    const count = pace.next(training);
    const done = doSteps(run, order, count);
    const seconds = (performance.now() - since) / 1000;
    pace.add(count, seconds);
    for (const { batch, settings, learningRate, outcome, diagnostics } of done) {
      const { loss, correct, gradientNorms } = outcome;
      if (!Number.isFinite(loss)) throw divergedLoss(run, batch, settings);
      checkGradients(run, gradientNorms);
      cursor.step += 1;
      cursor.batches += 1;
      cursor.position += batch.size;
      cursor.lossSum += loss * batch.size;
      cursor.correct += correct;
      progress.addTraining(batch.size, seconds / count);
      steps.add({
        type: 'step',
        epoch: cursor.epoch + 1,
        step: cursor.step,
        loss,
        accuracy: correct / batch.size,
        learningRate,
        examplesPerSecond: progress.examplesPerSecond,
        secondsLeft: progress.secondsLeft(workLeft(run)),
      });
      if (diagnostics) recordDiagnostics(training, gradientNorms, diagnostics);
    }
    if (cursor.position < dataset.train.count) saving(training, progress, () => saver.saveIfDue());
  }
  steps.flush();
}

function recordDiagnostics(
  { run, saver }: TrainingContext,
  gradientNorms: Float32Array,
  diagnostics: Diagnostics,
): void {
  checkNorms(run, diagnostics.norms);
  const layers = diagnosedLayers(run.session.graph, gradientNorms, diagnostics);
  const { epoch, step } = run.cursor;
  saver.record({ type: 'diagnostics', epoch: epoch + 1, step, layers });
}
