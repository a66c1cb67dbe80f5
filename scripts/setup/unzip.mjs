import { createWriteStream } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { Progress } from './progress.mjs';

const TYPE = 0o170000;
const LINK = 0o120000;

/**
 * Unpacks a zip file, links and permissions included.
 * @param {string} label
 * @param {string} file
 * @param {string} folder
 * @param {(path: string) => string | null} [place] where below `folder` a path of the archive goes; null leaves it out
 */
export async function unzip(label, file, folder, place = (path) => path) {
  // npm installs yauzl, so it may not be there yet when this module is loaded.
  const { openPromise } = await import('yauzl');
  const zip = await openPromise(file);
  const progress = new Progress(label, null);
  let bytes = 0;
  // yauzl itself refuses paths that are absolute or climb with `..`.
  for await (const entry of zip.eachEntry()) {
    const path = entry.fileName.endsWith('/') ? null : place(entry.fileName);
    if (path === null) continue;
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    const mode = entry.externalFileAttributes >>> 16;
    const data = await zip.openReadStreamPromise(entry);
    if ((mode & TYPE) === LINK) {
      await symlink((await buffer(data)).toString(), target);
      continue;
    }
    data.on('data', (/** @type {Buffer} */ chunk) => {
      progress.update((bytes += chunk.length));
    });
    await pipeline(data, createWriteStream(target, { mode: mode & 0o777 || 0o644 }));
  }
  progress.end();
}
