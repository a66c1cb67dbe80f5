import { pauseIfAsked } from './between-steps.ts';
import { throwIfEvaluationDiverged } from './divergence.ts';
import { evaluateBatches } from '../tensorflow/evaluate.ts';
import { examplesOf, type EvaluatedPart } from './evaluated-part.ts';
import { EvaluationProgress } from './observers/evaluation-progress.ts';
import type { TrainingObserver } from './observers/observer.ts';
import type { Progress } from './progress.ts';
import type { TrainingContext } from './training-context.ts';
import type { EvaluatedScore } from '../../../shared/score.ts';

/**
 * The score over the examples of `part`; between two batches it may be paused, stopped or asked for something.
 * @param trainingObservers hear of each batch
 * @returns null when it was asked to stop
 * @throws DivergedError
 */
export async function evaluatePart(
  training: TrainingContext,
  part: EvaluatedPart,
  trainingObservers: readonly TrainingObserver[],
  progress: Progress,
): Promise<EvaluatedScore | null> {
  const { run, control, saver, emit } = training;
  const evaluating = { phase: 'evaluating', detail: part } as const;
  const examples = examplesOf(run, part);
  const observers = [
    ...trainingObservers,
    new EvaluationProgress(training, part, examples.count, progress),
  ];
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
  const onBatch = (size: number, seconds: number): void => {
    for (const observer of observers) observer.onEvaluatedBatch?.({ examples: size, seconds });
  };
  const score = await evaluateBatches(run.session, examples, between, onBatch);
  if (score) throwIfEvaluationDiverged(training, score, part, examples);
  return score;
}
