import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** Reads what a person or another program left on the disk. Whatever it is, reading neither hangs nor fills the memory. */

/** An open file, and its size when it was opened. */
export interface OpenFile {
  handle: FileHandle;
  size: number;
}

/** Why a file is not read, as the rest of a sentence that has begun. */
export class UnfitFileError extends Error {}

/**
 * Opens a regular file; the caller closes it.
 * @throws UnfitFileError when it is not a regular file: reading a pipe may hang, and a device has no end
 */
export async function openRegular(path: string): Promise<OpenFile> {
  // Without the flag, opening a pipe that nobody writes to would hang. Windows has no such pipes and no flag (undefined is 0
  // here).
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new UnfitFileError('it is no regular file');
    return { handle, size: stats.size };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * Gives `use` a regular file, and closes it.
 * @throws Error where it is none
 */
export async function withFile<T>(path: string, use: (file: OpenFile) => Promise<T>): Promise<T> {
  const file = await openRegular(path);
  try {
    return await use(file);
  } finally {
    await file.handle.close();
  }
}

/** Reads `length` bytes from `position` on, or fewer where the file ends. */
export async function readUpTo(
  { handle }: OpenFile,
  length: number,
  position = 0,
): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/** Reads a file of any length from its beginning, a megabyte at a time. */
export const piecesOf = ({ handle }: OpenFile): AsyncIterable<Buffer> =>
  handle.createReadStream({ highWaterMark: 2 ** 20, autoClose: false, start: 0 });

/**
 * Reads a whole small file.
 * @throws UnfitFileError when it is not a regular file, or is longer than `most` bytes; Error when it cannot be read
 */
export const readBounded = (path: string, most: number): Promise<Buffer> =>
  withFile(path, async (file) => {
    if (file.size > most)
      throw new UnfitFileError(`it has ${file.size} bytes; the most that are read are ${most}`);
    return readUpTo(file, file.size);
  });
