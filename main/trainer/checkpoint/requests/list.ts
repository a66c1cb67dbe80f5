import { statSync } from 'node:fs';
import type {
  CheckpointAnswer,
  CheckpointSummary,
} from '../../../../shared/checkpoint-protocol.ts';
import type { Branch } from '../../../../shared/branch.ts';
import { hasCode } from '../../files/durable-files.ts';
import { inPortions } from '../../files/in-portions.ts';
import { newestFirst, type Entry } from '../lineage.ts';
import { filesOf, nameOf } from '../names.ts';
import { listCheckpoints } from '../reading.ts';
import { unrecordedIn } from '../unrecorded.ts';
import type { AskedFolder } from './asked-folder.ts';

export async function answerList({ folder }: AskedFolder): Promise<CheckpointAnswer> {
  const { entries, recoveries, damaged } = await listCheckpoints(folder);
  const [newest] = newestFirst([...entries, ...recoveries]);
  return {
    type: 'list',
    checkpoints: await summarizeEntries(folder, entries),
    branches: branchesOf(entries),
    recovery: newest?.isRecovery
      ? { name: nameOf(newest), step: newest.step, epoch: newest.epoch }
      : null,
    damaged: damaged.map(({ id, failure }) => ({
      ...failure,
      name: nameOf(id),
      branch: id.branch,
      step: id.step,
    })),
    unrecorded: await unrecordedIn(folder),
  };
}

const branchesOf = (entries: readonly Entry[]): Branch[] => {
  const branches = new Map(entries.map(({ lineage }) => [lineage.number, lineage]));
  return [...branches.values()].sort((a, b) => a.number - b.number);
};

/** @param entries of the whole folder, newest first */
export async function summarizeEntries(
  folder: string,
  entries: readonly Entry[],
): Promise<CheckpointSummary[]> {
  const best = bestOf(entries);
  const found: FilesFound[] = [];
  await inPortions(entries, (entry) => found.push(lookAtFiles(folder, entry)));
  return entries.map((entry, k) => ({
    name: nameOf(entry),
    branch: entry.branch,
    step: entry.step,
    epoch: entry.epoch,
    validationLoss: entry.validationLoss,
    validationAccuracy: entry.validationAccuracy,
    bytes: entry.bytes,
    savedAt: found[k]?.savedAt ?? null,
    damage: found[k]?.damage ?? null,
    pinned: entry.pinned,
    isNewest: k === 0,
    isBest: entry === best,
  }));
}

/** As in training, the earliest of equally good checkpoints is the best. */
const bestOf = (entries: readonly Entry[]): Entry | undefined =>
  [...entries]
    .filter(({ validationLoss }) => validationLoss !== null)
    .sort(
      (a, b) =>
        (a.validationLoss ?? 0) - (b.validationLoss ?? 0) || a.step - b.step || a.branch - b.branch,
    )[0];

type FilesFound = Pick<CheckpointSummary, 'savedAt' | 'damage'>;

/** When its variables were written, and what of them is missing: their bytes are not read. */
function lookAtFiles(folder: string, entry: Entry): FilesFound {
  const files = filesOf(folder, entry);
  try {
    const [data, index] = [statSync(files.data), statSync(files.index)];
    const bytes = data.size + index.size;
    const damage =
      bytes === entry.bytes
        ? null
        : `its files have ${bytes} bytes, but ${entry.bytes} were written`;
    return { savedAt: Math.round(data.mtimeMs), damage };
  } catch (error) {
    const isMissing = hasCode(error, 'ENOENT');
    return { savedAt: null, damage: isMissing ? 'a file of it is not there' : String(error) };
  }
}
