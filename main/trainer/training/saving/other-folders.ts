import { mkdtemp } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { FailureError, type Failure } from '../../../../shared/ipc.ts';
import { RunFolder } from '../../checkpoint/thread/run-folder.ts';

/** Folders that a run is saved in from some step on, instead of its first one. */

/**
 * A folder that a person has chosen while the run trains.
 * @throws FailureError where it has checkpoints or a run of its own, or cannot be written to
 */
export async function openEmptyFolder(path: string): Promise<RunFolder> {
  const folder = await RunFolder.open(path);
  const found = await folder.foundText();
  if (folder.taken.length === 0 && found === null) return folder;
  await folder.close();
  throw new FailureError({
    what: `The folder holds ${found ?? 'checkpoints already'}; this run cannot be saved beside that.`,
    where: path,
    remedy: 'Choose an empty folder.',
  });
}

/**
 * Where a run's own folder cannot be written to at its end: saves it in a new one in the person's home, if that can be done.
 * @param failure why it could not be saved in its own
 * @param saveIn saves it
 * @returns the failure, which tells where the run is now
 */
export async function rescueRun(
  failure: Failure,
  saveIn: (folder: RunFolder) => Promise<void>,
): Promise<FailureError> {
  try {
    const path = await mkdtemp(join(homedir(), 'firstlayer-rescued-'));
    await saveIn(await RunFolder.open(path));
    return new FailureError({
      ...failure,
      remedy: `What has been learned was saved in ${path} instead; open that folder as the checkpoint folder to go on from there.`,
    });
  } catch {
    return new FailureError(failure);
  }
}
