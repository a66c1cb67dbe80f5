import type {
  CheckpointAnswer,
  CheckpointSummary,
} from '../../../../shared/checkpoint-protocol.ts';
import { newestFirst, type Entry } from '../lineage.ts';
import { nameOf } from '../names.ts';
import { listCheckpoints } from '../reading.ts';
import { unrecordedIn } from '../unrecorded.ts';
import type { AskedFolder } from './asked-folder.ts';

export async function answerList({ folder }: AskedFolder): Promise<CheckpointAnswer> {
  const { entries, recoveries, damaged } = await listCheckpoints(folder);
  const [newest] = newestFirst([...entries, ...recoveries]);
  const recovery = newest?.isRecovery
    ? { name: nameOf(newest), step: newest.step, epoch: newest.epoch }
    : null;
  const unrecorded = await unrecordedIn(folder);
  return { type: 'list', checkpoints: summarizeEntries(entries), recovery, damaged, unrecorded };
}

/** @param entries of the whole folder, newest first */
export function summarizeEntries(entries: readonly Entry[]): CheckpointSummary[] {
  // As in training, the earliest of equally good checkpoints is the best.
  const best = [...entries]
    .filter(({ validationLoss }) => validationLoss !== null)
    .sort(
      (a, b) =>
        (a.validationLoss ?? 0) - (b.validationLoss ?? 0) || a.step - b.step || a.branch - b.branch,
    )[0];
  return entries.map((entry, k) => ({
    name: nameOf(entry),
    branch: entry.branch,
    step: entry.step,
    epoch: entry.epoch,
    validationLoss: entry.validationLoss,
    bytes: entry.bytes,
    pinned: entry.pinned,
    isNewest: k === 0,
    isBest: entry === best,
  }));
}
