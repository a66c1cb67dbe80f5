import type { CheckpointAnswer } from '../../../../shared/checkpoint-protocol.ts';
import { FailureError } from '../../../../shared/ipc.ts';
import { systemFault } from '../../../../shared/system-errors.ts';
import { folderFailure } from '../folder.ts';
import type { Entry } from '../lineage.ts';
import { withoutRecordFailure } from '../named-checkpoint.ts';
import { nameOf } from '../names.ts';
import { listCheckpoints } from '../reading.ts';
import { CheckpointStore } from '../store.ts';
import { unrecordedIn } from '../unrecorded.ts';

/** The folder that a request is about. It is changed only under its lock. */
export interface AskedFolder {
  folder: string;
  /** The store that this process has open for the folder because it trains there; null if it does not. */
  openStore: CheckpointStore | null;
}

/**
 * Changes a folder under its lock.
 * @throws FailureError when it holds no checkpoint, another process writes to it, or it cannot be written to
 */
export async function changeFolder(
  asked: AskedFolder,
  change: (store: CheckpointStore) => Promise<void>,
): Promise<void> {
  if (!asked.openStore) await checkHoldsCheckpoint(asked.folder);
  await changeFolderAsItIs(asked, change);
}

/** As `changeFolder`, also where no checkpoint counts: all may have been set aside. */
export async function changeFolderAsItIs(
  { folder, openStore }: AskedFolder,
  change: (store: CheckpointStore) => Promise<void>,
): Promise<void> {
  if (openStore) {
    await changeStore(openStore, folder, change);
    return;
  }
  const store = await CheckpointStore.open(folder);
  try {
    await changeStore(store, folder, change);
  } finally {
    await store.close();
  }
}

/**
 * Removes the checkpoints of a folder that `choose` returns.
 * @throws as `changeFolder` and `choose` do
 */
export async function removeChosen(
  asked: AskedFolder,
  choose: (entries: readonly Entry[]) => Entry[] | Promise<Entry[]>,
): Promise<CheckpointAnswer> {
  let names: string[] = [];
  await changeFolder(asked, async (store) => {
    const gone = await choose(store.entries);
    await store.remove(gone);
    names = gone.map(nameOf);
  });
  return { type: 'removed', names };
}

async function checkHoldsCheckpoint(folder: string): Promise<void> {
  const { entries } = await listCheckpoints(folder);
  if (entries.length > 0) return;
  const [unrecorded] = await unrecordedIn(folder);
  if (unrecorded) throw withoutRecordFailure(folder, unrecorded);
  throw new FailureError({
    what: 'There is no checkpoint in this folder.',
    where: folder,
    remedy: 'Choose the folder that a run was saved in.',
  });
}

async function changeStore(
  store: CheckpointStore,
  folder: string,
  change: (store: CheckpointStore) => Promise<void>,
): Promise<void> {
  try {
    await change(store);
  } catch (error) {
    throw systemFault(error) ? folderFailure(folder, 'written to', error) : error;
  }
}
