import { writeFileSync } from 'node:fs';
import type { PictureFile } from '../shared/picture-file.ts';
import { fileFailure } from './file-failure.ts';

/**
 * Writes a picture to a file that a person chooses.
 * @param ask asks for the file, with a proposed name; null if the person cancelled
 * @returns the file's path; null if the person cancelled
 * @throws FailureError if it cannot be written
 */
export async function savePicture(
  { name, format, bytes }: PictureFile,
  ask: (suggested: string) => Promise<string | null>,
): Promise<string | null> {
  const path = await ask(`${name}.${format}`);
  if (path === null) return null;
  try {
    writeFileSync(path, bytes);
  } catch (cause) {
    throw fileFailure('The picture could not be saved', path, cause);
  }
  return path;
}
