import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { archived } from '../setup/asar.mjs';
import { listFiles } from '../setup/cache.mjs';
import { parseJson, readJson } from '../setup/json.mjs';
import { root } from '../setup/places.mjs';

/** The npm packages in the packed app: those that lie in it as they are, and those that Vite has bundled into its programs. */

/**
 * @typedef {object} Package
 * @property {string} name
 * @property {string} version
 * @property {string} license as the package itself names it, such as MIT
 * @property {string | null} source where its source is
 * @property {string[]} texts of its licence and its notices
 */

const PATH = /(?:node_modules\/(?:@[^/]+\/)?[^/]+\/)+/;
const TEXT = /^(licen[cs]e|copying|notice)/i;

/** Folder of the package that a file belongs to, such as node_modules/a/node_modules/b; null: to none. @param {string} path */
const folderOf = (path) => PATH.exec(path)?.[0].slice(0, -1) ?? null;

/** @param {string} asar file @returns {Package[]} by name */
export function packedPackages(asar) {
  const folders = new Set([...copied(asar), ...bundled()].filter((folder) => folder !== null));
  return [...folders]
    .flatMap((folder) => packageIn(folder) ?? [])
    .sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1))
    .filter(({ name, version }, k, all) => {
      const before = all[k - 1];
      return name !== before?.name || version !== before.version;
    });
}

/** Folders of the packages that lie in an archive or beside it. There they may lie in another place than here. @param {string} asar file */
function copied(asar) {
  const lock = /** @type {{ packages: Record<string, { version: string }> }} */ (
    readJson(join(root, 'package-lock.json'))
  );
  const beside = `${asar}.unpacked`;
  const files = new Map([
    ...archived(readFileSync(asar)),
    ...Object.keys(listFiles(beside))
      .filter((path) => path.endsWith('package.json'))
      .map((path) => /** @type {const} */ ([path, readFileSync(join(beside, path))])),
  ]);
  return [...files].flatMap(([path, bytes]) => {
    if (!/node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path)) return [];
    const { name, version } = /** @type {Package} */ (parseJson(bytes.toString('utf8')));
    const here = Object.entries(lock.packages).find(
      ([folder, each]) =>
        `/${folder}`.endsWith(`/node_modules/${name}`) && each.version === version,
    );
    if (here) return here[0];
    throw new Error(`${name} ${version} is packed, but package-lock.json has no such package.`);
  });
}

/** Folders of packages that have gone into dist/, as the sources' maps tell. */
function bundled() {
  return ['main', 'renderer', 'renderer/assets', 'trainer'].flatMap((part) => {
    const folder = join(root, 'dist', part);
    return readdirSync(folder)
      .filter((name) => name.endsWith('.map'))
      .flatMap((name) => {
        const map = /** @type {{ sources: string[] }} */ (readJson(join(folder, name)));
        return map.sources.map(folderOf);
      });
  });
}

/** @param {string} folder below the project's @returns {Package | null} null: it only helps npm find a file */
export function packageIn(folder) {
  const place = join(root, folder);
  const about = /** @type {Record<string, unknown>} */ (readJson(join(place, 'package.json')));
  const { name, version, license, licenses, repository, homepage } = about;
  if (typeof name !== 'string' || typeof version !== 'string') return null;
  const texts = readdirSync(place)
    .filter((file) => TEXT.test(file) && !/\.(js|json|ts)$/.test(file))
    .map((file) => readFileSync(join(place, file), 'utf8').trim());
  return {
    name,
    version,
    license: licenceName(license ?? licenses),
    source: sourceOf(repository) ?? (typeof homepage === 'string' ? homepage : null),
    texts: texts.length > 0 ? texts : licenceInReadme(place),
  };
}

/** @param {string} place @returns {string[]} what the README says under the heading License */
function licenceInReadme(place) {
  const file = readdirSync(place).find((name) => /^readme/i.test(name));
  const [text] =
    /^#*\s*licen[cs]e.*/ims.exec(file ? readFileSync(join(place, file), 'utf8') : '') ?? [];
  return text === undefined ? [] : [text.trim()];
}

/** Old packages have an object, or several. @param {unknown} named @returns {string} */
function licenceName(named) {
  if (typeof named === 'string') return named;
  if (Array.isArray(named)) return named.map(licenceName).join(' OR ');
  const { type } = /** @type {{ type?: unknown }} */ (named ?? {});
  return typeof type === 'string' ? type : 'not named';
}

/** @param {unknown} repository */
function sourceOf(repository) {
  const { url = repository } = /** @type {{ url?: unknown }} */ (repository ?? {});
  if (typeof url !== 'string') return null;
  const plain = url
    .replace(/^git\+/, '')
    .replace(/^git:\/\//, 'https://')
    .replace(/\.git$/, '');
  const [, short] = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(plain) ?? [];
  return short === undefined ? plain : `https://github.com/${short}`;
}
