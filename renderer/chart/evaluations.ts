import type { CheckpointSummary } from '../../shared/checkpoint-protocol.ts';
import type { PartName } from '../../shared/dataset-parts.ts';
import type { EvaluatedScore } from '../../shared/score.ts';
import type { EpochEvent, TrainerEventOf } from '../../shared/trainer-events.ts';

/** One evaluation of the run, and when it was. */
export interface Evaluation {
  id: string;
  part: Exclude<PartName, 'train'>;
  epoch: number;
  step: number;
  score: EvaluatedScore;
}

/**
 * What the run has evaluated: the test, where there was one, then the epochs' validations, the newest first.
 * @param epochs the oldest first
 */
export function evaluationsOf(
  epochs: readonly EpochEvent[],
  finished: TrainerEventOf<'finished'> | null,
): Evaluation[] {
  const validations = epochs.flatMap(({ epoch, step, validation: score }): Evaluation[] =>
    score ? [{ id: `epoch ${epoch}`, part: 'validation', epoch, step, score }] : [],
  );
  if (!finished) return validations.reverse();
  const { epoch, step, test } = finished;
  return [{ id: 'test', part: 'test', epoch, step, score: test }, ...validations.reverse()];
}

/** The checkpoint that was evaluated, where it is there: a step may be on several branches. */
export const checkpointOf = (
  { step, part, score }: Evaluation,
  checkpoints: readonly CheckpointSummary[],
): CheckpointSummary | undefined =>
  checkpoints.find(
    (each) =>
      each.step === step &&
      (part === 'validation' ? each.validationLoss === score.loss : each.isNewest),
  );
