import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetName } from '../../../../shared/dataset-names.ts';
import { formatBytes } from '../../../../shared/format.ts';
import { FailureError } from '../../../../shared/ipc.ts';
import { messageOf } from '../../../../shared/system-errors.ts';
import { commandOf } from '../../files/command-name.ts';
import { cacheFolder } from '../../files/temporary-folder.ts';
import type { ReadingWatch } from '../raw-dataset.ts';
import { isUnpacked, unpackSplit } from './emnist-zip.ts';
import { fetchFile } from './fetch-file.ts';
import { mnistFolder } from './mnist.ts';
import { namedSets, type NamedSet } from './set-list.ts';

/** Null if there is no such file, or it cannot be accessed. */
function sizeOf(path: string): number | null {
  try {
    const stats = statSync(path);
    return stats.isFile() ? stats.size : null;
  } catch {
    return null;
  }
}

/**
 * The folder into which a set's files are fetched.
 * @throws FailureError if this account has no place for it
 */
export function folderOfSet({ folder }: NamedSet): string {
  try {
    return join(cacheFolder(), 'sets', folder);
  } catch (error) {
    throw new FailureError(
      {
        what: `There is no folder for the sets that have a name: ${messageOf(error)}.`,
        where: folder,
        remedy: 'Set XDG_CACHE_HOME to a folder that may be written to.',
      },
      { cause: error },
    );
  }
}

/** The place of a set's files, if all are there; else null. */
export function whereSetIs(set: NamedSet): string | null {
  const { systemFolder, files, form } = set;
  if (systemFolder !== null && files.every(({ name }) => sizeOf(join(systemFolder, name)) !== null))
    return systemFolder;
  const folder = folderOfSet(set);
  if (form.kind === 'emnist' && isUnpacked(folder, form.split))
    return join(folder, `emnist-${form.split}`);
  if (!files.every(({ name, bytes }) => sizeOf(join(folder, name)) === bytes)) return null;
  return form.kind === 'idx' ? folder : join(folder, files[0]?.name ?? '');
}

/**
 * The place of a named set: a folder, one of the datasets in a folder, or an archive.
 * @throws FailureError if the set is not on this machine; nothing is fetched
 */
export function placeOfSet(name: DatasetName): string {
  if (name === 'mnist') return mnistFolder();
  return whereSetIs(namedSets[name]) ?? refuseMissing(name, namedSets[name]);
}

function refuseMissing(name: DatasetName, set: NamedSet): never {
  const { host, bytes } = sourceOf(set);
  const command = `${commandOf('data')} fetch ${name}`;
  const package_ = name === 'fashion-mnist' ? ' Debian has it as dataset-fashion-mnist, too.' : '';
  throw new FailureError({
    what: `${name} is not on this machine; ${command} gets it from ${host} (${formatBytes(bytes)}).`,
    where: 'data.dataset',
    remedy: `Run ${command}, or choose other data.${package_}`,
  });
}

/** Describes a set for a list. */
interface SetDescription {
  title: string;
  isHere: boolean;
  licence: string;
  /** The host that it is fetched from, and its size in bytes; null if it is part of the app. */
  from: { host: string; bytes: number } | null;
}

export function describeSet(name: DatasetName): SetDescription {
  if (name === 'mnist')
    return {
      title: 'MNIST: 70,000 handwritten digits, 28×28, grey, 10 classes',
      isHere: true,
      licence: 'CC BY-SA 3.0',
      from: null,
    };
  const set = namedSets[name];
  const { title, licence } = set;
  return { title, licence, isHere: whereSetIs(set) !== null, from: sourceOf(set) };
}

const sourceOf = ({ files }: NamedSet): { host: string; bytes: number } => ({
  host: new URL(files[0]?.url ?? '').host,
  bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
});

/**
 * Fetches a set from its host, unless it is here; files that are there already are kept.
 * @param watch is told bytes
 * @returns its place
 * @throws FailureError that names cause, address and remedy; the signal's reason if it is aborted
 */
export async function fetchSet(name: DatasetName, watch: ReadingWatch): Promise<string> {
  if (name !== 'mnist') await fetchNamedSet(namedSets[name], watch);
  return placeOfSet(name);
}

/** @throws FailureError like `fetchSet` */
export async function fetchNamedSet(set: NamedSet, watch: ReadingWatch): Promise<void> {
  const { files, form, systemFolder } = set;
  const place = whereSetIs(set);
  if (place !== null && place === systemFolder) return;
  const folder = folderOfSet(set);
  if (form.kind === 'emnist' && isUnpacked(folder, form.split)) return;
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  for (const file of files) {
    const progress = (done: number): void => {
      watch.progress(before + done, total, 'bytes');
    };
    await fetchFile(file, folder, { progress, signal: watch.signal });
    before += file.bytes;
  }
  if (form.kind === 'emnist')
    await unpackSplit(join(folder, files[0]?.name ?? ''), folder, form.split, watch);
}
