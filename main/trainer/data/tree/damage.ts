import { messageOf, systemFault } from '../../../../shared/system-errors.ts';
import type { TreeContent, TreeFile } from './tree.ts';

/** Why a file's bytes are not what they were, as the rest of a sentence that begins with "it". */
export const CHANGED = 'was changed while it was read';
export const CUT_OFF = 'is cut off';
const GONE = 'is not there any more';

export const tooLarge = (bytes: number, most: number): string =>
  `has ${bytes} bytes; the most that are read are ${most}`;

/** Says what is wrong with one file of a tree, as the rest of a sentence that begins with "it". */
export class DamageError extends Error {}

/** The system's faults that are none of the file's: every other file would be lost to them as well. */
const notTheFiles = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN']);
const missing = new Set(['ENOENT', 'ENOTDIR']);

/**
 * What was thrown as one file was read, as that file's damage.
 * @throws the error itself where it is not the file's
 */
export function asDamage(error: unknown, signal: AbortSignal): DamageError {
  signal.throwIfAborted();
  if (error instanceof DamageError) return error;
  const code = systemFault(error)?.code ?? '';
  if (notTheFiles.has(code)) throw error;
  const text = missing.has(code) ? GONE : `cannot be read: ${messageOf(error)}`;
  return new DamageError(text, { cause: error });
}

/** A file's bytes or its damage. */
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
