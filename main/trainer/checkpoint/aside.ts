import { rename, rm } from 'node:fs/promises';
import { FailureError } from '../../../shared/ipc.ts';
import { readIfThere, syncFolder } from '../files/durable-files.ts';
import { finishRemoval, namesIn } from './folder.ts';
import {
  asideRecordOf,
  filesOf,
  idOfAsideRecord,
  nameOf,
  unfinishedFilesOf,
  type CheckpointId,
} from './names.ts';
import { parseRecord, type CheckpointRecord } from './record.ts';

/**
 * Checkpoints that a person has deleted and may still put back. Only the record has another name, so that deleting and putting back
 * are one renaming each: whenever the process is killed, the checkpoint is there wholly or counts as deleted. The caller must hold the
 * folder's lock.
 */

/** The checkpoints that were set aside. */
export const asideIn = async (folder: string): Promise<CheckpointId[]> =>
  (await namesIn(folder)).flatMap((name) => idOfAsideRecord(name) ?? []);

/** From here on the checkpoint does not count; its variables stay where they are. */
export async function setAside(folder: string, id: CheckpointId): Promise<void> {
  await rename(filesOf(folder, id).record, asideRecordOf(folder, id));
  await syncFolder(folder);
}

/**
 * @returns the record of the checkpoint, which counts again
 * @throws FailureError where it was not set aside, or has been removed since
 */
export async function putBack(folder: string, id: CheckpointId): Promise<CheckpointRecord> {
  const aside = asideRecordOf(folder, id);
  const text = await readIfThere(aside);
  const record = text === null ? null : parseRecord(text);
  const isTaken = (await readIfThere(filesOf(folder, id).record)) !== null;
  if (record === null || isTaken)
    throw new FailureError({
      what: `Checkpoint ${nameOf(id)} cannot be put back: ${isTaken ? 'another one has its name now' : 'it has been removed since'}.`,
      where: folder,
      remedy: 'Go on with the checkpoints that are there; a run may get to that step again.',
    });
  await rename(aside, filesOf(folder, id).record);
  await syncFolder(folder);
  return record;
}

/** Removes for good what was set aside, in the order of any removal: what an interruption leaves, the next start removes. */
export async function removeAside(folder: string, id: CheckpointId): Promise<void> {
  const aside = asideRecordOf(folder, id);
  const text = await readIfThere(aside);
  // Of a name like this, but no record of ours.
  if (text === null || parseRecord(text) === null) return;
  if ((await namesIn(folder)).includes(`${nameOf(id)}.json`)) {
    // A checkpoint of that name was saved since, and its variables are there now.
    await rm(aside, { force: true });
    return;
  }
  await rename(aside, unfinishedFilesOf(folder, id).record);
  await finishRemoval(folder, id);
}
