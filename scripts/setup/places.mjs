import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** The project's folder. */
export const root = resolve(import.meta.dirname, '../..');

/** Holds the marks that say that what `npm ci` installed is complete; it goes when node_modules goes. */
export const stamps = join(root, 'node_modules', '.firstlayer');

/** The one folder for everything that is downloaded or unpacked: the platform's usual one, or in XDG_CACHE_HOME. */
export function cacheFolder() {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  // The XDG specification says that relative paths are ignored.
  if (xdg && isAbsolute(xdg)) return join(xdg, 'firstlayer');
  if (process.platform === 'win32')
    return join(local ?? join(homedir(), 'AppData', 'Local'), 'firstlayer', 'Cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'firstlayer');
  return join(homedir(), '.cache', 'firstlayer');
}
