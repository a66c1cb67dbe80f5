import { toFailure } from '../../shared/ipc.ts';
import type { EpochEvent, LiveChange, Score, TrainerEvent } from '../../shared/trainer-protocol.ts';
import type { Control } from './control.ts';
import { epochOrder, gather } from './data/batches.ts';
import { diagnosedLayers, firstGradientNotFinite } from './diagnose.ts';
import { divergedGradient, divergedLoss } from './diverged.ts';
import { evaluate } from './evaluate.ts';
import { Progress } from './progress.ts';
import type { Run } from './run.ts';
import type { Saver } from './saver.ts';
import type { Batch } from './feeds.ts';
import type { Diagnostics, Outcome } from './session.ts';
import { changedConfig, liveSettings } from './settings.ts';
import { StepReporter } from './step-reporter.ts';
import { judge } from './watch.ts';

type Emit = (event: TrainerEvent) => void;

/**
 * Trains a run to its end, or until it is asked to stop: an epoch is every example once, in an order drawn for it; after each,
 * the validation and a checkpoint; after the last, the test.
 */
export async function train(run: Run, control: Control, saver: Saver, emit: Emit): Promise<void> {
  const progress = new Progress();
  const phase = (name: 'training' | 'evaluating' | 'saving' | 'paused', detail = ''): void => {
    emit({ type: 'phase', phase: name, detail });
  };
  phase('training');
  if (run.isNewBranch) await saver.begin();
  while (!run.isComplete) {
    await trainEpoch(run, control, progress, saver, emit);
    if (control.stopping) break;
    if (run.cursor.position < run.dataset.train.count) break; // maxSteps came before the epoch's end.
    phase('evaluating', 'validation');
    const epoch = await finishEpoch(run, control, saver);
    if (!epoch) break;
    saver.record(epoch);
    await saver.begin();
    phase('training');
  }
  phase('saving');
  await saver.finish();
  if (control.stopping) {
    emitStopped(run, emit);
    return;
  }
  phase('evaluating', 'test');
  const test = await evaluate(run.session, run.dataset.test, run.imageSize, control);
  const { step, epoch } = run.cursor;
  if (test) saver.record({ type: 'finished', epoch, step, test, seconds: progress.seconds });
  else emitStopped(run, emit);
  await saver.close();
}

/** From where the cursor is to the epoch's end, or to `maxSteps`, or until asked to stop. */
async function trainEpoch(
  run: Run,
  control: Control,
  progress: Progress,
  saver: Saver,
  emit: Emit,
): Promise<void> {
  const { cursor, dataset } = run;
  const { batchSize } = run.config.data;
  const order = epochOrder(dataset.train.count, run.config.training.seed, cursor.epoch);
  const steps = new StepReporter((event) => {
    saver.record(event);
  });
  while (cursor.position < dataset.train.count && !run.isComplete) {
    await control.turn();
    if (control.paused) {
      steps.flush();
      await pause(run, control, saver, emit);
    }
    await carryOut(run, control, saver, emit);
    if (control.stopping) break;
    const { learningRate } = run;
    const settings = liveSettings(run.config, learningRate);
    const since = performance.now();
    const batch = gather(
      dataset.train,
      order.subarray(cursor.position, cursor.position + batchSize),
      run.imageSize,
    );
    const { outcome, diagnostics } = trainStep(run, batch, settings);
    const { loss, correct } = outcome;
    if (!Number.isFinite(loss)) throw divergedLoss(run, batch, settings);
    cursor.step += 1;
    cursor.batches += 1;
    cursor.position += batch.size;
    cursor.lossSum += loss * batch.size;
    cursor.correct += correct;
    progress.add(batch.size, (performance.now() - since) / 1000);
    steps.add({
      type: 'step',
      epoch: cursor.epoch + 1,
      step: cursor.step,
      loss,
      accuracy: correct / batch.size,
      learningRate,
      examplesPerSecond: progress.examplesPerSecond,
      secondsLeft: progress.secondsLeft(run.examplesLeft),
    });
    if (diagnostics) recordDiagnostics(run, diagnostics, saver);
    if (cursor.position < dataset.train.count && saver.isDue) await saver.begin();
  }
  if (control.stopping || run.examplesLeft === 0) steps.flush();
}

/** One step; every so many, with a look at what it does to the layers. */
function trainStep(
  { session, cursor, config }: Run,
  batch: Batch,
  settings: Float32Array,
): { outcome: Outcome; diagnostics: Diagnostics | null } {
  const { diagnosticsEvery } = config.training;
  return diagnosticsEvery > 0 && cursor.step % diagnosticsEvery === 0
    ? session.trainAndDiagnose(batch, cursor.step, settings)
    : { outcome: session.train(batch, cursor.step, settings), diagnostics: null };
}

function recordDiagnostics(run: Run, diagnostics: Diagnostics, saver: Saver): void {
  const layers = diagnosedLayers(run.session.graph, diagnostics);
  const broken = firstGradientNotFinite(layers);
  if (broken) throw divergedGradient(run, broken.layer, broken.name);
  const { epoch, step } = run.cursor;
  saver.record({ type: 'diagnostics', epoch: epoch + 1, step, layers });
}

/** Stands still: saves, and waits. */
async function pause(run: Run, control: Control, saver: Saver, emit: Emit): Promise<void> {
  emit({ type: 'phase', phase: 'paused', detail: '' });
  await saver.settle();
  while (control.paused) {
    await control.woken();
    await carryOut(run, control, saver, emit);
  }
  if (!control.stopping) emit({ type: 'phase', phase: 'training', detail: '' });
}

/** Closes the epoch that the cursor has reached the end of; null when it was asked to stop before. */
async function finishEpoch(run: Run, control: Control, saver: Saver): Promise<EpochEvent | null> {
  const { cursor, dataset } = run;
  const { validation: kept, train: trained } = dataset;
  const validation =
    kept.count === 0 ? null : await evaluate(run.session, kept, run.imageSize, control);
  if (control.stopping) return null;
  run.validation = validation;
  if (validation) judgeEpoch(run, validation, saver);
  const event: EpochEvent = {
    type: 'epoch',
    epoch: cursor.epoch + 1,
    step: cursor.step,
    batches: cursor.batches,
    train: { loss: cursor.lossSum / trained.count, accuracy: cursor.correct / trained.count },
    validation,
  };
  Object.assign(cursor, {
    epoch: cursor.epoch + 1,
    position: 0,
    batches: 0,
    lossSum: 0,
    correct: 0,
  });
  return event;
}

/** Looks whether the rate is to be lowered or training to end, and says so. */
function judgeEpoch(run: Run, validation: Score, saver: Saver): void {
  const at = { step: run.cursor.step, epoch: run.cursor.epoch + 1 };
  const verdict = judge(run.watch, run.config, at, validation);
  run.watch = verdict.watch;
  if (verdict.rateLowered)
    saver.record({ type: 'rate-lowered', ...at, learningRate: run.learningRate });
  if (verdict.stopEarly) saver.record({ type: 'stopped-early', ...at, best: verdict.watch.best });
}

/** What was asked for between two steps. */
async function carryOut(run: Run, control: Control, saver: Saver, emit: Emit): Promise<void> {
  for (const change of control.takeChanges()) await applyChange(run, change, saver, emit);
  const folder = control.takeFolder();
  if (folder !== null) await saver.moveTo(folder);
}

/** Keeps what was before in a checkpoint, then changes the numbers that the next step is fed. */
async function applyChange(run: Run, change: LiveChange, saver: Saver, emit: Emit): Promise<void> {
  try {
    const config = changedConfig(run.config, change);
    if (run.unsaved) await saver.begin();
    run.config = config;
    const { epoch, step } = run.cursor;
    saver.record({ type: 'changed', epoch: epoch + 1, step, change });
  } catch (error) {
    emit({ type: 'warning', ...toFailure(error, 'live change') });
  }
}

function emitStopped(run: Run, emit: Emit): void {
  const { step, epoch } = run.cursor;
  emit({ type: 'stopped', epoch, step, checkpoint: run.lastSaved });
}
