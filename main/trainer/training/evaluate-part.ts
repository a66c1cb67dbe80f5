import { pauseIfAsked } from './between-steps.ts';
import { throwIfEvaluationDiverged } from './divergence.ts';
import { evaluateExamples } from '../tensorflow/evaluate.ts';
import { EvaluationProgress } from './observers/evaluation-progress.ts';
import type { TrainingObserver } from './observers/observer.ts';
import type { Progress } from './progress.ts';
import type { TrainingContext } from './training-context.ts';
import type { EvaluatedScore } from '../../../shared/score.ts';

/**
 * The score over the examples kept for `part`; between two batches it may be paused, stopped or asked for something.
 * @param trainingObservers hear of each batch
 * @returns null when it was asked to stop
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
      // An epoch's last steps are not lost either while it is validated.
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
