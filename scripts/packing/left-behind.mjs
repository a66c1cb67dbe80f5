import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What an installation may change, and what others write there meanwhile: the system its lists of what is installed, and whoever makes and
 * removes the ordinary user, for the first time on this machine, copies of the lists of users.
 */
const places = ['/opt', '/usr', '/etc', '/var/lib', '/home', '/root/.config'];
const lists =
  /^\/var\/lib\/(dpkg|apt)\/|^\/usr\/share\/(mime\/|applications\/mimeinfo\.cache|icons\/[^/]+\/icon-theme\.cache)|^\/etc\/sub[gu]id-$/;

/** @returns {Set<string>} every file and folder in these places */
export function systemFiles() {
  /** @type {Set<string>} */
  const found = new Set();
  /** @param {string} folder */
  const add = (folder) => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (lists.test(path)) continue;
      found.add(path);
      if (lstatSync(path).isDirectory()) add(path);
    }
  };
  for (const place of places)
    try {
      add(place);
    } catch {
      // It does not exist here, or has gone meanwhile.
    }
  return found;
}

/** @param {Set<string>} before */
export const leftBehind = (before) => [...systemFiles()].filter((path) => !before.has(path));
