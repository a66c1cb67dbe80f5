import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** The project's folder. */
export const root = resolve(import.meta.dirname, '../..');

/** Where what `npm ci` installs is marked as whole; goes when node_modules goes. */
export const stamps = join(root, 'node_modules', '.firstlayer');

/** The one folder for all that is downloaded or unpacked; the platform's habit, or XDG_CACHE_HOME. */
export function cacheFolder() {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  // The XDG specification has relative paths ignored.
  if (xdg && isAbsolute(xdg)) return join(xdg, 'firstlayer');
  if (process.platform === 'win32')
    return join(local ?? join(homedir(), 'AppData', 'Local'), 'firstlayer', 'Cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'firstlayer');
  return join(homedir(), '.cache', 'firstlayer');
}
