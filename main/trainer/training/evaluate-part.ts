import { pauseIfAsked } from './between-steps.ts';
import { throwIfEvaluationDiverged } from './divergence.ts';
import { evaluateExamples } from './evaluate.ts';
import { EvaluationProgress } from './observers/evaluation-progress.ts';
import type { TrainingObserver } from './observers/observer.ts';
import type { Progress } from './progress.ts';
import type { TrainingContext } from './training-context.ts';
import type { EvaluatedScore } from '../../../shared/score.ts';

/**
 * Computes the score over the examples of `part`. Between two batches it can be paused, stopped or asked for something.
 * @param trainingObservers are told of each batch
 * @returns null if training was asked to stop
 * @throws DivergedError
 */
export async function evaluatePart(
  training: TrainingContext,
  part: 'validation' | 'test',
  trainingObservers: readonly TrainingObserver[],
  progress: Progress,
): Promise<EvaluatedScore | null> {
  const { run, control, saver, emit } = training;
  const evaluating = { phase: 'evaluating', detail: part } as const;
  const observers = [...trainingObservers, new EvaluationProgress(training, part, progress)];
  emit({ type: 'phase', ...evaluating });
  const between = {
    yieldToEventLoop: async (): Promise<void> => {
      await control.yieldToEventLoop();
      await pauseIfAsked(training, evaluating, observers);
      // A crash during validation must not lose the epoch's last steps.
      saver.recoverIfDue();
    },
    get stopping(): boolean {
      return control.stopping;
    },
  };
  const onBatch = (examples: number, seconds: number): void => {
    for (const observer of observers) observer.onEvaluatedBatch?.({ examples, seconds });
  };
  const { session, dataset, imageSize } = run;
  const score = await evaluateExamples(session, dataset[part], imageSize, between, onBatch);
  if (score) throwIfEvaluationDiverged(training, score, part);
  return score;
}
