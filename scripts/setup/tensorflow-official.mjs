import { existsSync } from 'node:fs';
import { cp, link, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { publish } from './cache.mjs';
import { downloadWith, unreachable } from './download.mjs';
import { readJson } from './json.mjs';
import { root } from './places.mjs';
import { loadedVersion } from './tensorflow-wheel.mjs';

const home = join(root, 'node_modules/@tensorflow/tfjs-node');

const about = () =>
  /** @type {{ version: string, binary: { host: string } }} */ (
    readJson(join(home, 'package.json'))
  );

export const officialName = () =>
  `tensorflow-tfjs-node-${about().version}-${process.platform}-${process.arch}`;

/**
 * Runs tfjs-node's own installer on a copy of the package, so that an interrupted one leaves nothing in node_modules.
 * @returns {Promise<string | null>} why it could not be installed; null when it is there
 */
export async function officialTensorFlow() {
  const { TFJS_NODE_BASE_URI: base, TFJS_NODE_CDN_STORAGE: storage } = process.env;
  const reason = await unreachable(base ?? storage ?? about().binary.host);
  if (reason) return reason;
  try {
    await publish(officialName(), install);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** @param {string} folder */
async function install(folder) {
  const copy = join(folder, 'package');
  for (const name of ['package.json', 'binding.gyp', 'binding', 'scripts'])
    await cp(join(home, name), join(copy, name), { recursive: true });
  const modules = [join(home, 'node_modules'), join(root, 'node_modules')];
  const tools = modules.map((path) => join(path, '.bin'));
  const args = ['scripts/install.js', 'cpu', 'download'];
  await downloadWith('TensorFlow: tfjs-node installs', null, copy, process.execPath, args, {
    cwd: copy,
    env: {
      ...process.env,
      NODE_PATH: modules.join(delimiter),
      PATH: [...tools, process.env.PATH].join(delimiter),
    },
  });
  // The installer can fail and still exit with 0.
  const binding = 'lib/napi-v8/tfjs_binding.node';
  for (const part of ['deps/lib', binding])
    if (!existsSync(join(copy, part))) throw new Error(`its installer has left no ${part}`);
  if (process.platform === 'win32') await besideBinding(copy);
  await rename(join(copy, 'deps'), join(folder, 'deps'));
  await rename(join(copy, 'lib'), join(folder, 'lib'));
  await rm(copy, { recursive: true });
  await rm(join(folder, 'deps/include'), { recursive: true, force: true });
  await writeFile(join(folder, 'version'), await loadedVersion(folder));
}

/**
 * Links the library beside the binding, where Windows looks for it; the installer puts it into the folder of another Node-API.
 * @param {string} copy
 */
async function besideBinding(copy) {
  const library = join(copy, 'deps/lib/tensorflow.dll');
  const place = join(copy, 'lib/napi-v8/tensorflow.dll');
  if (existsSync(library) && !existsSync(place)) await link(library, place);
}
