import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Removes Electron's default app, which electron-builder leaves in place when it is given an Electron folder.
 * @param {import('electron-builder').AfterPackContext} context
 */
export default async function afterPack({ appOutDir, packager }) {
  const resources = packager.getResourcesDir(appOutDir);
  await rm(join(resources, 'default_app.asar'), { force: true });
}
