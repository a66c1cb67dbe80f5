import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';

/** Whether a folder lies there, or a link to one. What cannot be looked at, or leads nowhere or in a circle, is none. */
export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );

/** The same at once, where nothing else may happen meanwhile. */
export function isFolderNow(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
