import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { electronFolder } from '../setup/electron-path.mjs';
import { root } from '../setup/places.mjs';
import { loadedVersion } from '../setup/tensorflow-wheel.mjs';
import { billOfMaterials } from './bill-of-materials.mjs';
import { apacheLicence, foundations } from './foundations.mjs';
import { licencesOf } from './licences.mjs';
import { packedPackages } from './packed-packages.mjs';
import { shrinkLibraries } from './shrink-libraries.mjs';

/** As electron-builder.yml names it on Linux. */
const EXECUTABLE = 'firstlayer';
const TENSORFLOW = 'node_modules/@tensorflow/tfjs-node';
const CHROMIUM = 'LICENSES.chromium.html';

/**
 * Called by electron-builder between packing and signing.
 * @param {import('electron-builder').AfterPackContext} context
 */
export default async function afterPack({ appOutDir, outDir, packager, electronPlatformName }) {
  const resources = packager.getResourcesDir(appOutDir);
  // Electron's own app, which electron-builder leaves in place when it is given an Electron folder.
  await rm(join(resources, 'default_app.asar'), { force: true });
  if (electronPlatformName === 'linux')
    await shrinkLibraries(
      join(resources, 'app.asar.unpacked', TENSORFLOW),
      join(appOutDir, EXECUTABLE),
    );

  const packages = packedPackages(join(resources, 'app.asar'));
  const others = await foundations(await loadedVersion(join(root, TENSORFLOW)));
  const folder = join(resources, 'licenses');
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'LICENSES.txt'),
    licencesOf([...others, ...packages], apacheLicence()),
  );
  // On macOS it would not be in the app.
  const chromium = join(electronFolder() ?? '', CHROMIUM);
  if (!existsSync(join(appOutDir, CHROMIUM)) || electronPlatformName === 'darwin')
    await copyFile(chromium, join(folder, CHROMIUM));
  await writeFile(
    join(outDir, 'bill-of-materials.cdx.json'),
    await billOfMaterials(others, packages),
  );
}
