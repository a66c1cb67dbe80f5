import { stat } from 'node:fs/promises';
import { FailureError } from '../../../../shared/ipc.ts';
import { printable } from '../../../../shared/shown.ts';
import { messageOf, systemFault } from '../../../../shared/system-errors.ts';
import { foreignFormat } from '../foreign-format.ts';
import { unpacked } from '../gunzip.ts';
import type { ReadingWatch } from '../raw-dataset.ts';
import { ArchiveFile } from './archive-file.ts';
import { archiveKind, foreignArchive, isTarHeader, KIND_BYTES } from './archive-kind.ts';
import { openFileTree, openFolderTree } from './folder-tree.ts';
import { openTarTree } from './tar-tree.ts';
import type { Tree } from './tree.ts';
import { openZipTree } from './zip-tree.ts';

/**
 * Opens a folder, a .zip, .tar or .tar.gz, or a single file. The content decides what it is, not the name.
 * @param watch is told how many files were found, or how many entries or bytes of the archive were read; it also stops the reading
 * @throws FailureError if there is nothing that can be read, or too much; the signal's reason if it is aborted
 */
export async function openTree(place: string, watch: ReadingWatch): Promise<Tree> {
  watch.signal.throwIfAborted();
  try {
    const stats = await stat(place);
    if (stats.isDirectory()) return await openFolderTree(place, watch);
    if (!stats.isFile()) throw noFile(place);
    return await openFile(place, watch);
  } catch (error) {
    watch.signal.throwIfAborted();
    throw error instanceof FailureError ? error : unreadable(place, error);
  }
}

async function openFile(place: string, watch: ReadingWatch): Promise<Tree> {
  const archive = await ArchiveFile.open(place);
  try {
    const opened = await openArchive(archive, watch);
    if (opened) return opened;
  } catch (error) {
    await archive.close();
    throw error;
  }
  await archive.close();
  return openFileTree(place, watch);
}

/** @returns null if the file is not an archive */
async function openArchive(archive: ArchiveFile, watch: ReadingWatch): Promise<Tree | null> {
  const head = await archive.read(KIND_BYTES, 0);
  const other = foreignArchive(head);
  if (other !== null) throw foreignKind(archive.place, other);
  switch (archiveKind(head)) {
    case 'zip':
      return openZipTree(archive, watch);
    case 'tar':
      return openTarTree(archive, watch);
    case 'gzip':
      if (await isPackedTar(archive, watch.signal)) return openTarTree(archive, watch);
      break;
    case null:
      // An archive without files consists of nothing but zeros.
      if (
        isCalledTar(archive.place) &&
        head.length === KIND_BYTES &&
        !head.some((byte) => byte > 0)
      )
        return openTarTree(archive, watch);
  }
  if (isCalledArchive(archive.place)) throw falseName(archive.place, head);
  return null;
}

/** A .tgz that cannot be unpacked at all counts as one, so that the message says what is wrong with it. */
async function isPackedTar(archive: ArchiveFile, signal: AbortSignal): Promise<boolean> {
  let head: Buffer = Buffer.alloc(0);
  try {
    for await (const piece of unpacked(archive.range(0, archive.size, signal), KIND_BYTES * 1024)) {
      head = Buffer.concat([head, piece]);
      if (head.length >= KIND_BYTES) break;
    }
  } catch {
    signal.throwIfAborted();
    return isCalledArchive(archive.place);
  }
  return isTarHeader(head) || (isCalledTar(archive.place) && !head.some((byte) => byte > 0));
}

const isCalledTar = (place: string): boolean => /\.(tar|tgz|tar\.gz)$/i.test(place);
const isCalledArchive = (place: string): boolean => isCalledTar(place) || /\.zip$/i.test(place);

const repack = 'Unpack it, and name the folder; or pack the images as a .zip or .tar.gz.';

const foreignKind = (place: string, kind: string): FailureError =>
  new FailureError({
    what: `This is ${kind}, which is not read here.`,
    where: place,
    remedy: repack,
  });

const falseName = (place: string, head: Buffer): FailureError =>
  new FailureError({
    what:
      head.length === 0
        ? 'The archive is empty: it has 0 bytes.'
        : `The name is an archive’s, but the file ${foreignFormat(head) === null ? 'is none' : `is ${foreignFormat(head) ?? ''}`}.`,
    where: place,
    remedy: 'Copy or download it once more, or give it the name of what it is.',
  });

const noFile = (place: string): FailureError =>
  new FailureError({
    what: 'What lies there is neither a folder nor a file, but a pipe, a socket or a device.',
    where: place,
    remedy: 'Name a folder, a .zip or .tar.gz, or a file.',
  });

function unreadable(place: string, error: unknown): FailureError {
  const fault = systemFault(error);
  const what =
    fault?.code === 'ENOENT'
      ? 'There is no such file or folder.'
      : `It cannot be read: ${printable(messageOf(error))}.`;
  const remedy = fault?.remedy ?? 'Name another folder or file.';
  return new FailureError({ what, where: place, remedy }, { cause: error });
}
