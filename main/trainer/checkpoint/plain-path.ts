import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** TensorFlow takes a checkpoint's path for a pattern: these characters would not stand for themselves. */
const PATTERN = process.platform === 'win32' ? /[[\]{}]/ : /[*?[\]{}\\]/;

/** Calls `use` with a path to the same files that is no pattern. */
export function withPlainPath(prefix: string, use: (path: string) => void): void {
  if (!PATTERN.test(prefix)) {
    use(prefix);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'firstlayer-link-'));
  try {
    const link = join(folder, 'folder');
    symlinkSync(dirname(prefix), link, 'junction');
    use(join(link, basename(prefix)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
