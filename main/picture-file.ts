import { writeFileSync } from 'node:fs';
import type { PictureFile } from '../shared/picture-file.ts';
import { fileFailure } from './file-failure.ts';

/**
 * Writes a picture where a person chose.
 * @param ask for the file, given the name that is proposed; null: the person cancelled
 * @returns the file's path; null: the person cancelled
 * @throws FailureError where it cannot be written
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
    const what = format === 'csv' ? 'numbers' : 'picture';
    throw fileFailure(`The ${what} could not be saved`, path, cause);
  }
  return path;
}
