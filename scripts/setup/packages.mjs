import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { withTemporary } from './cache.mjs';
import { root, stamps } from './places.mjs';
import { duration, say } from './progress.mjs';
import { must, npm } from './run.mjs';

const modules = join(root, 'node_modules');

const stamp = join(stamps, 'packages');
const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

/** Installs the npm packages of the lock file, from whichever registry npm is set up for. */
export async function packages() {
  const hash = lockHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  say('npm packages: installing …');
  const start = Date.now();
  // They are installed elsewhere and moved in when complete, so that an npm that is interrupted or outlives us does no harm.
  await withTemporary(join(root, 'dist'), 'packages', async (folder) => {
    for (const name of ['package.json', 'package-lock.json', '.npmrc'])
      copyFileSync(join(root, name), join(folder, name));
    const [command, ...first] = npm();
    await must('Installing the npm packages', command, [...first, 'ci', '--loglevel=error'], {
      cwd: folder,
    });
    const fresh = join(folder, 'node_modules');
    mkdirSync(join(fresh, '.firstlayer'), { recursive: true });
    writeFileSync(join(fresh, '.firstlayer', 'packages'), hash);
    if (existsSync(modules)) renameSync(modules, join(folder, 'before'));
    renameSync(fresh, modules);
  });
  say(`npm packages: installed in ${duration(Date.now() - start)}.`);
}
