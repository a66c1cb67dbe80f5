import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { foreground } from '../foreground.mjs';
import { unreachable } from '../setup/download.mjs';
import { electronFolder, electronVersion } from '../setup/electron-path.mjs';
import { root } from '../setup/places.mjs';
import { makeArchive } from './archive.mjs';
import { makeSystemPackage } from './system-packages.mjs';

/** What npm run dist makes. Each system makes its own, since TensorFlow's library is the system's. */

/**
 * @typedef {object} Target
 * @property {string} name as electron-builder calls it
 * @property {NodeJS.Platform} platform
 * @property {string} what it is
 * @property {boolean} [fetches] whether electron-builder fetches a tool for it from GitHub
 * @property {boolean} [isArchive] whether it is the packed folder in a file
 * @property {boolean} [isSystemPackage] whether nfpm makes it
 */

/** @type {Target[]} */
export const targets = [
  { name: 'nsis', platform: 'win32', what: 'installer for Windows', fetches: true },
  { name: 'dmg', platform: 'darwin', what: 'disk image for macOS', fetches: true },
  { name: 'AppImage', platform: 'linux', what: 'AppImage', fetches: true },
  { name: 'tar.gz', platform: 'linux', what: 'archive for any Linux', isArchive: true },
  { name: 'deb', platform: 'linux', what: 'Debian package', isSystemPackage: true },
  { name: 'rpm', platform: 'linux', what: 'RPM package', isSystemPackage: true },
];

const systemFlags = { win32: '--win', darwin: '--mac', linux: '--linux' };
const systemFlag = systemFlags[/** @type {keyof typeof systemFlags} */ (process.platform)];

/**
 * Certificates and accounts are in the environment. A workflow without such a secret sets the variable to nothing, which
 * electron-builder would take for a file.
 */
const isNoSecret = (/** @type {[string, string | undefined]} */ [name, value]) =>
  value === '' && /^((WIN_)?CSC|APPLE)_/.test(name);

/** @param {string[]} args */
const electronBuilder = (args) =>
  foreground(process.execPath, [join(root, 'node_modules/electron-builder/cli.js'), ...args], {
    cwd: root,
    env: Object.fromEntries(Object.entries(process.env).filter((entry) => !isNoSecret(entry))),
  });

/** @param {string} output folder */
const settings = (output) => [
  '--publish=never',
  `--config.directories.output=${output}`,
  `--config.electronDist=${electronFolder() ?? ''}`,
  `--config.electronVersion=${electronVersion()}`,
  `--config.afterPack=${join(import.meta.dirname, 'after-pack.mjs')}`,
];

/**
 * Packs the app into a folder that starts by itself.
 * @param {string} output folder
 * @returns {Promise<number>} electron-builder's exit code
 */
export const pack = (output) => electronBuilder([systemFlag, '--dir', ...settings(output)]);

/** The folder that `pack` has made. @param {string} output */
export function packedFolder(output) {
  const names = readdirSync(output).filter((name) => /^(linux|win|mac)(-|$)/.test(name));
  const [name] = names.filter((each) => statSync(join(output, each)).isDirectory());
  if (name === undefined) throw new Error(`electron-builder has left no packed app in ${output}.`);
  return join(output, name);
}

/**
 * Makes one target of the packed app.
 * @param {Target} target
 * @param {string} output folder
 * @returns {Promise<string | null>} why it cannot be made here; null when it is there
 * @throws Error if making it failed
 */
export async function makeTarget(target, output) {
  const { name, platform, fetches, isArchive, isSystemPackage } = target;
  if (platform !== process.platform)
    return `it is made on ${platform}, this is ${process.platform}`;
  const packed = packedFolder(output);
  if (isArchive) {
    await makeArchive(packed, output);
    return null;
  }
  if (isSystemPackage)
    return makeSystemPackage(
      /** @type {'deb' | 'rpm'} */ (name),
      packed,
      output,
      join(output, '.work'),
    );
  const reason = fetches ? await unreachable('https://github.com') : null;
  if (reason !== null) return `electron-builder fetches its tool from GitHub, and ${reason}`;
  const app = platform === 'darwin' ? join(packed, 'Firstlayer.app') : packed;
  const code = await electronBuilder([systemFlag, name, '--prepackaged', app, ...settings(output)]);
  if (code !== 0) throw new Error(`electron-builder failed (exit code ${code}).`);
  return null;
}
