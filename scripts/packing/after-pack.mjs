import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { shrinkLibraries } from './shrink-libraries.mjs';

/** As electron-builder.yml names it on Linux. */
const EXECUTABLE = 'firstlayer';

/**
 * Called by electron-builder between packing and signing.
 * @param {import('electron-builder').AfterPackContext} context
 */
export default async function afterPack({ appOutDir, packager, electronPlatformName }) {
  const resources = packager.getResourcesDir(appOutDir);
  // Electron's own app, which electron-builder leaves in place when it is given an Electron folder.
  await rm(join(resources, 'default_app.asar'), { force: true });
  if (electronPlatformName === 'linux')
    await shrinkLibraries(
      join(resources, 'app.asar.unpacked/node_modules/@tensorflow/tfjs-node'),
      join(appOutDir, EXECUTABLE),
    );
}
