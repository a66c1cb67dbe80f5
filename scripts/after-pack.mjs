import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What electron-builder leaves behind of an Electron folder that it was given: the app that runs when there is no other.
 * @param {import('electron-builder').AfterPackContext} context
 */
export default async function afterPack({ appOutDir, packager }) {
  const resources = packager.getResourcesDir(appOutDir);
  await rm(join(resources, 'default_app.asar'), { force: true });
}
