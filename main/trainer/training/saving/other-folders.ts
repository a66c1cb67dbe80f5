import { mkdtemp } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { FailureError, type Failure } from '../../../../shared/ipc.ts';
import { RunFolder } from '../../checkpoint/thread/run-folder.ts';

/** The folders that a run may move to from its first one. */

/**
 * Opens a folder that a person has chosen while the run trains.
 * @throws FailureError if it holds checkpoints or a run, or cannot be written to
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
 * Saves a run in a new folder in the person's home, if possible, because its own cannot be written to at its end.
 * @param failure why its own folder could not be written to
 * @param saveIn saves the run in a folder
 * @returns the failure, whose remedy says where the run is now
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
