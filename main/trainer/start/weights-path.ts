import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { FailureError } from '../../../shared/ipc.ts';
import { bundleFile } from '../checkpoint/names.ts';
import { newestCheckpoint } from '../checkpoint/reading.ts';
import { readStateFile, STATE_FILE } from '../checkpoint/state-file.ts';
import { unrecordedIn } from '../checkpoint/unrecorded.ts';

/** Finds the checkpoint that a person means by a path. */

const isThere = (path: string, kind: 'isFile' | 'isDirectory'): Promise<boolean> =>
  stat(path).then(
    (stats) => stats[kind](),
    () => false,
  );

/**
 * @param path a checkpoint's prefix, such as FOLDER/model.ckpt-430, one of its files, or the folder it lies in
 * @returns its prefix.
 * @throws FailureError where a folder holds none
 */
export async function checkpointAt(path: string): Promise<string> {
  if (await isThere(`${path}.index`, 'isFile')) return path;
  if (await isThere(path, 'isDirectory')) return newestIn(path);
  if (basename(path) === STATE_FILE) return newestIn(dirname(path));
  const prefix = bundleFile(path)?.name ?? path.replace(/\.json$/, '');
  return (await isThere(`${prefix}.index`, 'isFile')) ? prefix : path;
}

/** The newest checkpoint by this app's own records, else by TensorFlow's state file, else by the highest step. */
async function newestIn(folder: string): Promise<string> {
  const { checkpoint } = await newestCheckpoint(folder);
  if (checkpoint) return checkpoint.prefix;
  for (const name of (await readStateFile(folder))?.names ?? []) {
    const prefix = resolve(folder, name);
    if (await isThere(`${prefix}.index`, 'isFile')) return prefix;
  }
  const usable = (await unrecordedIn(folder)).find(({ damage }) => damage === null);
  if (usable) return join(folder, usable.name);
  // TensorFlow's SavedModel keeps its variables there.
  const inModel = join(folder, 'variables', 'variables');
  if (await isThere(`${inModel}.index`, 'isFile')) return inModel;
  throw new FailureError({
    what: 'There is no checkpoint in the folder whose weights are to be taken.',
    where: folder,
    remedy:
      'Name a folder that holds a TensorFlow checkpoint (a file that ends in .index and one in .data-00000-of-00001), or the checkpoint itself, such as FOLDER/model.ckpt-430.',
  });
}
