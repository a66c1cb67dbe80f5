import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** Reading what a person or another program left on the disk: whatever lies there, it neither hangs nor fills the memory. */

/** A file that is open, and how long it was then. */
export interface OpenFile {
  handle: FileHandle;
  size: number;
}

/**
 * Gives `use` a regular file, and closes it.
 * @throws Error where it is none: a pipe hangs, a device has no end
 */
export async function withFile<T>(path: string, use: (file: OpenFile) => Promise<T>): Promise<T> {
  // A pipe that nobody writes to would hang at opening already. Windows has no such flag (nothing is 0 here), nor such pipes.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new Error('it is no regular file');
    return await use({ handle, size: stats.size });
  } finally {
    await handle.close();
  }
}

/** As many bytes from the file's `position` on, or those that there are. */
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

/** A file of any length from its beginning, a megabyte at a time. */
export const piecesOf = ({ handle }: OpenFile): AsyncIterable<Buffer> =>
  handle.createReadStream({ highWaterMark: 2 ** 20, autoClose: false, start: 0 });

/**
 * A whole small file.
 * @throws Error where it is no regular file, longer than `most` bytes, or cannot be read
 */
export const readBounded = (path: string, most: number): Promise<Buffer> =>
  withFile(path, async (file) => {
    if (file.size > most)
      throw new Error(`it has ${file.size} bytes; the most that are read are ${most}`);
    return readUpTo(file, file.size);
  });
