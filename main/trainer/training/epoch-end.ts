import type {
  EpochEvent,
  EvaluatedScore,
  ProgressEvent,
  Score,
} from '../../../shared/trainer-events.ts';
import { standStill } from './between-steps.ts';
import type { TrainingContext } from './training-context.ts';
import { divergedEvaluation } from './divergence.ts';
import { evaluate } from './evaluate.ts';
import type { Progress } from './progress.ts';
import { Reporter } from './reporter.ts';
import { judge } from './patience.ts';
import { workLeft } from './work-left.ts';

/** The score over the examples kept for `part`, telling how far it is; null when it was asked to stop. @throws DivergedError */
export async function evaluated(
  training: TrainingContext,
  part: 'validation' | 'test',
  progress: Progress,
): Promise<EvaluatedScore | null> {
  const { run, control, emit } = training;
  const examples = run.dataset[part];
  emit({ type: 'phase', phase: 'evaluating', detail: part });
  const reporter = new Reporter<ProgressEvent>(emit);
  const turns = {
    turn: async (): Promise<void> => {
      await control.turn();
      if (control.paused) reporter.flush();
      await standStill(training, 'evaluating', part);
      // An epoch's last steps are not lost either while it is validated.
      training.saver.recoverIfDue();
    },
    get stopping(): boolean {
      return control.stopping;
    },
  };
  let done = 0;
  const onBatch = (count: number, seconds: number): void => {
    done += count;
    progress.addEvaluation(count, seconds);
    reporter.add(evaluationProgress(training, part, progress, done));
  };
  const score = await evaluate(run.session, examples, run.imageSize, turns, onBatch);
  if (score && !Number.isFinite(score.loss)) throw divergedEvaluation(run, examples, part);
  return score;
}

function evaluationProgress(
  { run }: TrainingContext,
  part: 'validation' | 'test',
  progress: Progress,
  done: number,
): ProgressEvent {
  const { epoch, step } = run.cursor;
  const left = workLeft(run);
  const isTest = part === 'test';
  return {
    type: 'progress',
    phase: 'evaluating',
    detail: part,
    epoch: isTest ? epoch : epoch + 1,
    step,
    done,
    total: run.dataset[part].count,
    secondsLeft: progress.secondsLeft({
      ...left,
      evaluated: left.evaluated - done,
      // All is saved before the test.
      writes: isTest ? 0 : left.writes,
    }),
  };
}

/** Closes the epoch that the cursor has reached the end of; null when it was asked to stop before. */
export async function finishEpoch(
  training: TrainingContext,
  progress: Progress,
): Promise<EpochEvent | null> {
  const { run, control } = training;
  const { cursor, dataset } = run;
  const validation =
    dataset.validation.count === 0 ? null : await evaluated(training, 'validation', progress);
  if (control.stopping) return null;
  run.validation = validation;
  if (validation) judgeEpoch(training, validation);
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

/** Looks whether the rate is to be lowered or training to end, and says so. */
function judgeEpoch({ run, saver }: TrainingContext, validation: Score): void {
  const at = { step: run.cursor.step, epoch: run.cursor.epoch + 1 };
  const { watch, rateLowered, stopEarly } = judge(run.watch, run.config, at, validation);
  run.watch = watch;
  if (rateLowered) saver.record({ type: 'rate-lowered', ...at, learningRate: run.learningRate });
  if (stopEarly) saver.record({ type: 'stopped-early', ...at, best: watch.best });
}
