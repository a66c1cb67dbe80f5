import type { TrainingGoal } from '../../../shared/config.ts';
import type { ReachedGoal } from '../../../shared/recorded-events.ts';
import type { Score } from '../../../shared/score.ts';

/**
 * The goal that a validation has reached; null if none.
 * @param goal what is asked for; null if nothing is
 */
export function goalReachedByScore(
  goal: TrainingGoal | null,
  { accuracy, loss }: Score,
): ReachedGoal | null {
  if (!goal) return null;
  if (goal.accuracy !== null && accuracy >= goal.accuracy)
    return { goal: 'accuracy', asked: goal.accuracy, reached: accuracy };
  if (goal.loss !== null && loss <= goal.loss)
    return { goal: 'loss', asked: goal.loss, reached: loss };
  return null;
}

/**
 * The time goal, if the run has trained for that long; else null.
 * @param seconds spent in training steps, over all its starts
 */
export function goalReachedByTime(goal: TrainingGoal | null, seconds: number): ReachedGoal | null {
  const asked = goal?.minutes ?? null;
  const reached = seconds / 60;
  return asked !== null && reached >= asked ? { goal: 'minutes', asked, reached } : null;
}
