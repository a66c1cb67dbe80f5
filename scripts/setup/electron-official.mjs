import { mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { publishFrom } from './cache.mjs';
import { fetchFile, proxy, unreachable } from './download.mjs';
import { officialName, wantedVersion } from './electron-path.mjs';
import { root } from './places.mjs';
import { unzip } from './unzip.mjs';

const ZIP = 'electron.zip';

/**
 * The part of @electron/get that the `electron` package's own installer uses, too. It knows the addresses, the checksums and the
 * mirrors that people set up.
 * @typedef {object} ElectronGet
 * @property {(options: object) => Promise<string>} downloadArtifact
 */

/** @param {string} file @returns {Promise<ElectronGet>} */
const electronGet = (file) => import(pathToFileURL(file).href);

/**
 * Installs the Electron of package.json as its own installer would, but into the cache.
 * @returns {Promise<string | null>} why it could not be installed; null when it is there
 */
export async function officialElectron() {
  const require = createRequire(join(root, 'node_modules/electron/package.json'));
  if (proxy()) process.env.ELECTRON_GET_USE_PROXY ??= 'true';
  const { downloadArtifact } = await electronGet(require.resolve('@electron/get'));
  const label = `Electron ${wantedVersion()}`;
  try {
    await publishFrom(
      officialName(),
      async (folder) => {
        const temporary = join(folder, 'download');
        await mkdir(temporary);
        const zip = await downloadArtifact({
          version: wantedVersion(),
          artifactName: 'electron',
          platform: process.platform,
          arch: process.arch,
          checksums: /** @type {unknown} */ (require('./checksums.json')),
          cacheRoot: join(temporary, 'cache'),
          tempDirectory: temporary,
          downloader: {
            /** @param {string} address @param {string} file */
            async download(address, file) {
              const reason = await unreachable(address);
              if (reason) throw new Error(reason);
              await fetchFile(`${label}: downloading`, address, file);
            },
          },
        });
        await rename(zip, join(folder, ZIP));
        await rm(temporary, { recursive: true });
      },
      (archive, folder) => unzip(`${label}: unpacking`, join(archive, ZIP), folder),
    );
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
  }
}
