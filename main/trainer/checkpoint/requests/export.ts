import { copyFile, readdir, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type {
  CheckpointAnswer,
  CheckpointRequestOf,
} from '../../../../shared/checkpoint-protocol.ts';
import { makeFolders, syncFolder } from '../../files/durable-files.ts';
import { folderFailure, writeStateFile } from '../folder.ts';
import { checkpointNamed } from '../named-checkpoint.ts';
import { filesOf, nameOf, type CheckpointFiles, type CheckpointId } from '../names.ts';
import { verifyCheckpoint } from '../reading.ts';
import type { AskedFolder } from './asked-folder.ts';

export async function answerExport(
  { folder }: AskedFolder,
  { name, to }: CheckpointRequestOf<'export'>,
): Promise<CheckpointAnswer> {
  return { type: 'export', path: await exportCheckpoint(folder, name, resolve(to)) };
}

/**
 * Copies a checkpoint into an empty folder only, so that nothing is overwritten.
 * @returns the copy's path, as TensorFlow names it
 */
async function exportCheckpoint(folder: string, name: string, to: string): Promise<string> {
  const { id, prefix } = await checkpointNamed(folder, name);
  try {
    await makeFolders(to);
    if ((await readdir(to)).length > 0) throw new Error('it is not empty');
    await copyInto(to, filesOf(folder, id), id);
  } catch (error) {
    throw folderFailure(to, 'exported to', error);
  }
  return join(to, basename(prefix));
}

/** Copies everything or nothing, because the next export would refuse a folder that is not empty. */
async function copyInto(to: string, from: CheckpointFiles, id: CheckpointId): Promise<void> {
  const paths = [from.data, from.index, from.record];
  try {
    for (const path of paths) await copyFile(path, join(to, basename(path)));
    await writeStateFile(to, [nameOf(id)]);
    await syncFolder(to);
    await verifyCheckpoint(to, id);
  } catch (error) {
    for (const name of [...paths.map((path) => basename(path)), 'checkpoint'])
      await rm(join(to, name), { force: true }).catch(() => undefined);
    throw error;
  }
}
