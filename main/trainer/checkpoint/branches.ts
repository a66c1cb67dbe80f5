import type { BranchSummary } from '../../../shared/compared-runs.ts';
import { readText } from '../files/durable-files.ts';
import { checkpointsIn } from './folder.ts';
import { compareByAge } from './lineage.ts';
import { filesOf, type CheckpointId } from './names.ts';
import { parseRecord, type CheckpointRecord } from './record.ts';

/**
 * The branches of a folder's run, the newest first. Of each only one record is read, however many checkpoints it has.
 * @throws FailureError when the folder cannot be read
 */
export async function branchesIn(folder: string): Promise<BranchSummary[]> {
  const byBranch = new Map<number, CheckpointId[]>();
  for (const id of (await checkpointsIn(folder)).sort(compareByAge))
    byBranch.set(id.branch, [...(byBranch.get(id.branch) ?? []), id]);
  const branches: BranchSummary[] = [];
  for (const ids of byBranch.values()) {
    const record = await newestRecord(folder, ids);
    if (record) branches.push(summaryOf(record));
  }
  return branches;
}

/** Damaged ones are passed over; null: none can be read. */
async function newestRecord(
  folder: string,
  ids: readonly CheckpointId[],
): Promise<CheckpointRecord | null> {
  for (const id of ids) {
    const text = await readText(filesOf(folder, id).record).catch(() => null);
    const record = text === null ? null : parseRecord(text);
    if (record?.branch.number === id.branch) return record;
  }
  return null;
}

function summaryOf({ branch, cursor, validation, config }: CheckpointRecord): BranchSummary {
  return {
    branch,
    step: cursor.step,
    epoch: cursor.epoch,
    validation: validation && { loss: validation.loss, accuracy: validation.accuracy },
    network: config.network.name,
    dataset: config.data.dataset,
  };
}
