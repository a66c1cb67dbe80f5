import { basename } from 'node:path';
import { formatDuration, formatPercent } from '../../shared/format.ts';
import { phaseWords } from '../../shared/phase-words.ts';
import { isBusyPhase } from '../../shared/training-phase.ts';
import type { TrainingState } from '../../shared/training-state.ts';

/** What a person is told of a run outside of its window. */

type At = Pick<TrainingState, 'phase' | 'started' | 'pace' | 'lastStep' | 'failure'>;

/** The window's title: what happens, in which folder, and the app. */
export function titleOf(state: At, folder: string): string {
  const { phase, started, pace, lastStep } = state;
  const at = pace ?? lastStep;
  const epoch =
    isBusyPhase(phase) && phase !== 'preparing' && started && at
      ? `, epoch ${at.epoch} of ${started.config.training.epochs}`
      : '';
  return `${phaseWords[phase].words}${epoch} — ${basename(folder)} — Firstlayer`;
}

/** What is told where the window is not in front. */
export interface RunNotice {
  title: string;
  body: string;
}

/**
 * What is worth to be told of a change, to a person who does something else meanwhile: the end of a run, and a failure.
 * @returns null: nothing is
 */
export function noticeOf(
  before: Pick<TrainingState, 'phase' | 'finished' | 'failure'>,
  { finished, failure }: Pick<TrainingState, 'finished' | 'failure'>,
  folder: string,
): RunNotice | null {
  if (failure !== null && failure !== before.failure && before.phase !== 'opening')
    return { title: `Training failed: ${basename(folder)}`, body: failure.what };
  if (finished === null || finished === before.finished) return null;
  const accuracy = formatPercent(finished.test.accuracy, 2);
  return {
    title: `Training has finished: ${basename(folder)}`,
    body: `Test accuracy ${accuracy}, after ${formatDuration(finished.seconds)}.`,
  };
}
