import type { CheckpointPolicy } from '../../../shared/config.ts';
import type { Entry } from './lineage.ts';

/**
 * The checkpoints of one branch that may be removed: all but the newest few, the best by validation, every Nth epoch's and the
 * pinned ones. Other branches are left alone.
 * @param entries of the branch being trained
 * @param bestStep step of the checkpoint with the lowest validation loss so far
 */
export function expendableCheckpoints(
  entries: readonly Entry[],
  policy: CheckpointPolicy,
  bestStep: number | null,
): Entry[] {
  const { keep, keepEveryEpochs } = policy;
  const isKept = ({ step, epoch, atEpochEnd, pinned }: Entry): boolean =>
    pinned ||
    step === bestStep ||
    (keepEveryEpochs !== null && atEpochEnd && epoch > 0 && epoch % keepEveryEpochs === 0);
  return [...entries]
    .sort((a, b) => b.step - a.step)
    .slice(keep)
    .filter((entry) => !isKept(entry));
}
