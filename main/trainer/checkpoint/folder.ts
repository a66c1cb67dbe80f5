import { lstat, readdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { FailureError, type Failure } from '../../../shared/ipc.ts';
import { systemFault, messageOf } from '../../../shared/system-errors.ts';
import { summarizeFile } from './file-summary.ts';
import {
  hasCode,
  isLink,
  makeFolders,
  readIfThere,
  replaceFile,
  syncFolder,
  UNFINISHED,
} from '../files/durable-files.ts';
import { lockedFailure, lockHolder, type FolderIdentity } from './lock.ts';
import {
  filesOf,
  idOfFile,
  idOfRecord,
  idOfUnfinishedRecord,
  isSame,
  unfinishedFilesOf,
  type CheckpointFiles,
  type CheckpointId,
} from './names.ts';
import { parseRecord } from './record.ts';
import { STATE_FILE, STATE_MARK } from './state-file.ts';

/** The checkpoint folder on the disk: its identity, the app's files in it, and what an interrupted save left. */

export function folderFailure(folder: string, doing: string, error: unknown): FailureError {
  if (error instanceof FailureError) return error;
  return new FailureError(
    {
      what: `The checkpoint folder cannot be ${doing}: ${messageOf(error)}.`,
      where: folder,
      remedy:
        systemFault(error)?.remedy ??
        'Choose a folder that exists, is not full and may be written to.',
    },
    { cause: error },
  );
}

/** @throws Error when it is not a folder, or cannot be reached */
export async function identifyFolder(folder: string): Promise<FolderIdentity> {
  const stats = await lstat(folder, { bigint: true });
  if (!stats.isDirectory()) throw new Error('it is not a folder');
  return { dev: stats.dev, ino: stats.ino };
}

/** The path with all links resolved, or only made absolute where nothing exists. */
export const realPath = (path: string): Promise<string> =>
  realpath(path).catch(() => resolve(path));

/** What to tell a person who only looks into the folder while another process writes to it; null if none does. */
export async function otherWriter(folder: string): Promise<Failure | null> {
  const identity = await identifyFolder(await realPath(folder)).catch(() => null);
  const holder = identity && (await lockHolder(identity));
  return holder === null || holder === String(process.pid)
    ? null
    : lockedFailure(folder, holder).failure;
}

/**
 * Makes the folder if it does not exist. Returns its path with all links resolved.
 * @throws FailureError
 */
export async function makeFolder(
  folder: string,
): Promise<{ path: string; identity: FolderIdentity }> {
  try {
    await makeFolders(folder);
    const path = await realpath(folder);
    return { path, identity: await identifyFolder(path) };
  } catch (error) {
    throw folderFailure(folder, 'used', error);
  }
}

/**
 * Checks that `folder` is still the same folder on the disk.
 * @throws FailureError saying what happened to it
 */
export async function checkSame(folder: string, { dev, ino }: FolderIdentity): Promise<void> {
  const gone = (what: string): FailureError =>
    new FailureError({
      what,
      where: folder,
      remedy:
        'Put the folder back, or choose another one. Training goes on in memory meanwhile; nothing newer than the last checkpoint is on the disk.',
    });
  let now: FolderIdentity;
  try {
    now = await identifyFolder(folder);
  } catch (error) {
    throw gone(
      hasCode(error, 'ENOENT')
        ? 'The checkpoint folder is gone: it was deleted or renamed, or its disk was removed.'
        : `The checkpoint folder cannot be reached any more: ${messageOf(error)}.`,
    );
  }
  if (now.dev !== dev || now.ino !== ino)
    throw gone('Another folder is where the checkpoint folder was; it has not been touched.');
}

/**
 * The names of everything in the folder; empty if there is no folder.
 * @throws FailureError when it cannot be read
 */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw folderFailure(folder, 'read', error);
  }
}

/** The checkpoints that have a record. */
export const checkpointsIn = async (folder: string): Promise<CheckpointId[]> =>
  (await namesIn(folder)).flatMap((name) => idOfRecord(name) ?? []);

/** The recovery checkpoints of its branch that a checkpoint replaces. */
export const replacedRecoveries = async (
  folder: string,
  by: CheckpointId,
): Promise<CheckpointId[]> =>
  (await checkpointsIn(folder)).filter(
    (id) => id.isRecovery && id.branch === by.branch && id.step <= by.step && !isSame(id, by),
  );

/** Every checkpoint name that a file in the folder uses already, whichever program wrote it. */
export const takenIn = async (folder: string): Promise<CheckpointId[]> =>
  (await namesIn(folder)).flatMap((name) => idOfFile(name) ?? []);

/**
 * Removes what an interrupted save or removal left. The caller must hold the folder's lock.
 * @throws FailureError
 */
export async function clearUnfinished(folder: string): Promise<void> {
  try {
    const left = (await namesIn(folder)).filter((name) => name.startsWith(UNFINISHED));
    for (const name of left) {
      const id = idOfUnfinishedRecord(name);
      if (id) await clearUnfinishedCheckpoint(folder, id);
    }
    await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
  } catch (error) {
    throw folderFailure(folder, 'cleared of an unfinished save', error);
  }
}

/**
 * Removes the files of a save that was interrupted before its record got its final name. Only files that match the unfinished
 * record are removed; any other file of that name is not ours.
 */
async function clearUnfinishedCheckpoint(folder: string, id: CheckpointId): Promise<void> {
  const files = filesOf(folder, id);
  if ((await readIfThere(files.record)) !== null) return;
  const text = await readIfThere(unfinishedFilesOf(folder, id).record);
  const record = text === null ? null : parseRecord(text);
  if (!record) return;
  for (const part of ['data', 'index'] as const) {
    const found = await summarizeFile(files[part]).catch(() => null);
    if (found?.sha256 === record.files[part].sha256) await rm(files[part], { force: true });
  }
}

/** Removes what a failed save left, as far as possible; the next start removes the rest. */
export async function clearFailedSave(folder: string, id: CheckpointId): Promise<void> {
  const { data, index, record } = unfinishedFilesOf(folder, id);
  try {
    await clearUnfinishedCheckpoint(folder, id);
    for (const path of [data, index, record]) await rm(path, { force: true });
  } catch {
    // The disk that failed may fail again.
  }
}

/** Removes a checkpoint in an order that lets `clearUnfinished` find whatever an interruption leaves. */
export async function removeCheckpoint(folder: string, id: CheckpointId): Promise<void> {
  await rename(filesOf(folder, id).record, unfinishedFilesOf(folder, id).record);
  await finishRemoval(folder, id);
}

/** The rest of a removal, once the record has its unfinished name. */
export async function finishRemoval(folder: string, id: CheckpointId): Promise<void> {
  const files = filesOf(folder, id);
  const unfinished = unfinishedFilesOf(folder, id);
  await rm(files.index, { force: true });
  await rm(files.data, { force: true });
  // This comes before the record goes: after a power failure, files without any record would look like another program's.
  await syncFolder(folder);
  await rm(unfinished.record, { force: true });
}

/**
 * Refuses to write over files that have a checkpoint's names but no record of ours.
 * @throws FailureError naming the file
 */
export async function checkFree(folder: string, files: CheckpointFiles): Promise<void> {
  const names = new Set(await namesIn(folder));
  if (names.has(basename(files.record))) return;
  for (const path of [files.data, files.index])
    if (names.has(basename(path)))
      throw new FailureError({
        what: `A file of another program has the next checkpoint’s name: ${basename(path)}. It has not been touched.`,
        where: folder,
        remedy: 'Move that file elsewhere, or choose another folder.',
      });
}

/**
 * Writes the state file, in protocol-buffer text, that tells TensorFlow's own tools which checkpoint is the newest.
 * @param names oldest first
 * @throws FailureError when the file is another program's or a link
 */
export async function writeStateFile(
  folder: string,
  names: readonly string[],
  check?: () => Promise<void>,
): Promise<void> {
  const path = join(folder, STATE_FILE);
  const before = await readIfThere(path).catch((error: unknown) => messageOf(error));
  const isAnothers = before !== null && before !== '' && !before.startsWith(STATE_MARK);
  if (isAnothers || (await isLink(path)))
    throw new FailureError({
      what: 'The file “checkpoint” in this folder is another program’s and was left as it is, so TensorFlow’s own tools will not find the newest checkpoint by it.',
      where: path,
      remedy:
        'Nothing has to be done for this app. Move that file elsewhere to have a new one written.',
    });
  const newest = names.at(-1);
  const lines = [
    ...(newest === undefined ? [] : [`model_checkpoint_path: ${JSON.stringify(newest)}`]),
    ...names.map((name) => `all_model_checkpoint_paths: ${JSON.stringify(name)}`),
  ];
  await replaceFile(path, `${STATE_MARK}${lines.join('\n')}\n`, check);
}
