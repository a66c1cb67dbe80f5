import { messageOf, systemFault } from '../../../../shared/system-errors.ts';
import type { TreeContent, TreeFile } from './tree.ts';

/** Why a file cannot be read, as the rest of a sentence that begins with "it". */
export const CHANGED = 'was changed while it was read';
export const CUT_OFF = 'is cut off';
const GONE = 'is not there any more';

export const tooLarge = (bytes: number, most: number): string =>
  `has ${bytes} bytes; the most that are read are ${most}`;

/** Says what is wrong with one file of a tree, as the rest of a sentence that begins with "it". */
export class DamageError extends Error {}

/** The system's faults that do not lie in the file: every other file would fail as well. */
const notTheFiles = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN']);
const missing = new Set(['ENOENT', 'ENOTDIR']);

/**
 * Turns an error in reading one file into that file's damage.
 * @throws the error itself if it does not lie in the file
 */
export function asDamage(error: unknown, signal: AbortSignal): DamageError {
  signal.throwIfAborted();
  if (error instanceof DamageError) return error;
  const code = systemFault(error)?.code ?? '';
  if (notTheFiles.has(code)) throw error;
  const text = missing.has(code) ? GONE : `cannot be read: ${messageOf(error)}`;
  return new DamageError(text, { cause: error });
}

/** Returns a file's bytes or its damage. */
export async function contentOf(
  file: TreeFile,
  most: number,
  signal: AbortSignal,
  readWhole: () => Promise<Buffer>,
): Promise<TreeContent> {
  signal.throwIfAborted();
  if (file.bytes > most) return { file, damage: tooLarge(file.bytes, most) };
  try {
    return { file, bytes: await readWhole() };
  } catch (error) {
    return { file, damage: asDamage(error, signal).message };
  }
}
