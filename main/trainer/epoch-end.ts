import type { EpochEvent, EvaluatedScore, Score } from '../../shared/trainer-protocol.ts';
import { standStill, type Training } from './between-steps.ts';
import { divergedEvaluation } from './diverged.ts';
import { evaluate } from './evaluate.ts';
import { judge } from './watch.ts';

/** The score over the examples kept for `part`; null when it was asked to stop. @throws DivergedError */
export async function evaluated(
  training: Training,
  part: 'validation' | 'test',
): Promise<EvaluatedScore | null> {
  const { run, control, emit } = training;
  const examples = run.dataset[part];
  emit({ type: 'phase', phase: 'evaluating', detail: part });
  const turns = {
    turn: async (): Promise<void> => {
      await control.turn();
      await standStill(training, 'evaluating', part);
    },
    get stopping(): boolean {
      return control.stopping;
    },
  };
  const score = await evaluate(run.session, examples, run.imageSize, turns);
  if (score && !Number.isFinite(score.loss)) throw divergedEvaluation(run, examples, part);
  return score;
}

/** Closes the epoch that the cursor has reached the end of; null when it was asked to stop before. */
export async function finishEpoch(training: Training): Promise<EpochEvent | null> {
  const { run, control } = training;
  const { cursor, dataset } = run;
  const validation =
    dataset.validation.count === 0 ? null : await evaluated(training, 'validation');
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
function judgeEpoch({ run, saver }: Training, validation: Score): void {
  const at = { step: run.cursor.step, epoch: run.cursor.epoch + 1 };
  const { watch, rateLowered, stopEarly } = judge(run.watch, run.config, at, validation);
  run.watch = watch;
  if (rateLowered) saver.record({ type: 'rate-lowered', ...at, learningRate: run.learningRate });
  if (stopEarly) saver.record({ type: 'stopped-early', ...at, best: watch.best });
}
