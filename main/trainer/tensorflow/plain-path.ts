import { symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UnfitPlaceError, withTemporaryFolderNow } from '../files/temporary-folder.ts';

/** TensorFlow reads a checkpoint's path as a pattern, in which these characters have another meaning. */
const PATTERN = process.platform === 'win32' ? /[[\]{}]/ : /[*?[\]{}\\]/;

/**
 * Calls `use` with a path to the same files that has none of these characters.
 * @throws NoTemporaryFolderError if no such path can be made
 */
export function withPlainPath(prefix: string, use: (path: string) => void): void {
  if (!PATTERN.test(prefix)) {
    use(prefix);
    return;
  }
  const linkIn = (folder: string): string => join(folder, 'folder');
  withTemporaryFolderNow(
    'link',
    (folder) => {
      if (PATTERN.test(folder))
        throw new UnfitPlaceError('TensorFlow takes its name for a pattern');
      symlinkSync(dirname(prefix), linkIn(folder), 'junction');
    },
    (folder) => {
      use(join(linkIn(folder), basename(prefix)));
    },
  );
}
