import { constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { copyFile, link, lstat, readlink, rename, rm, symlink, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { filesOf, folderOf, listFiles } from './cache.mjs';
import { isDebian, need, packagesCommand } from './debian.mjs';
import { SetupError } from './failure.mjs';
import { root } from './places.mjs';
import { duration, say } from './progress.mjs';
import { officialName, officialTensorFlow } from './tensorflow-official.mjs';
import { compiler, pip, tensorFlowFromWheel, wheelName } from './tensorflow-wheel.mjs';

const home = join(root, 'node_modules/@tensorflow/tfjs-node');

/** Sets up libtensorflow and its binding: from TensorFlow's Python package where that works, else by tfjs-node's own download. */
export async function tensorflow() {
  let name = present();
  if (!name) {
    await install();
    name = present();
  }
  if (name) await put(name);
}

const present = () => [wheelName(), officialName()].find((name) => filesOf(name)) ?? null;

/** A few words for the summary. */
export function tensorflowSummary() {
  const file = join(folderOf(present() ?? ''), 'version');
  return `TensorFlow ${existsSync(file) ? readFileSync(file, 'utf8') : '?'}`;
}

async function install() {
  const start = Date.now();
  const took = () => `in ${duration(Date.now() - start)}`;
  const reason = (await whyNoWheel()) ?? (await whyNot(tensorFlowFromWheel));
  if (reason === null) {
    say(
      `${tensorflowSummary()}: from its Python package, newer and faster than tfjs-node's own, ${took()}.`,
    );
    return;
  }
  say(`TensorFlow: ${reason}; trying tfjs-node's own download.`);
  const refusal = await officialTensorFlow();
  if (refusal === null) {
    say(`${tensorflowSummary()}: tfjs-node's own download, ${took()}.`);
    return;
  }
  throw new SetupError(
    `TensorFlow could not be had: ${reason}, and tfjs-node's own download failed: ${refusal}.`,
    '@tensorflow/tfjs-node',
    isDebian() && process.arch === 'x64' && missingTools().length > 0
      ? `Run:  ${packagesCommand(missingTools())}\nand then the same command again.`
      : 'Let this computer reach that download, and run the same command again.',
  );
}

/** @param {() => Promise<unknown>} way @returns {Promise<string | null>} why it did not work; null when it did */
async function whyNot(way) {
  try {
    await way();
    return null;
  } catch (error) {
    if (error instanceof SetupError) return error.message;
    throw error;
  }
}

/** The missing Debian packages of what compiles the binding and downloads the wheel. */
const missingTools = () => [...(compiler() ? [] : ['g++']), ...(pip() ? [] : ['python3-pip'])];

/** Installs pip and g++ if it can, and says why the wheel still cannot be used; null if it can. */
async function whyNoWheel() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `its Python package is used on Linux x86-64 only, this is ${process.platform} ${process.arch}`;
  const names = missingTools();
  if (names.length > 0 && isDebian() && process.getuid?.() === 0) {
    say(`TensorFlow: needs ${names.join(' and ')}; installing with apt-get, as root.`);
    await need(names, 'What TensorFlow is made with is missing.');
  }
  const missing = missingTools();
  return missing.length > 0 ? `${missing.join(' and ')} missing` : null;
}

/**
 * Puts the files where tfjs-node looks for them: as hard links, which cost nothing and which electron-builder packs as ordinary
 * files; as copies when the cache is on another disk.
 * @param {string} name
 */
async function put(name) {
  const from = folderOf(name);
  const paths = Object.keys(filesOf(name) ?? {}).filter((path) => path !== 'version');
  for (const part of ['deps', 'lib'])
    for (const path of existsSync(join(home, part)) ? Object.keys(listFiles(home, part)) : [])
      // The file is of the other kind of TensorFlow or of an interrupted run, and would be packed with the app.
      if (!paths.includes(path)) await rm(join(home, path));
  for (const path of paths) {
    const source = join(from, path);
    const target = join(home, path);
    const have = await lstat(target).catch(() => null);
    const want = await lstat(source);
    // A copy has the time of its original.
    if (have?.size === want.size && (have.ino === want.ino || have.mtimeMs === want.mtimeMs))
      continue;
    mkdirSync(dirname(target), { recursive: true });
    const temporary = `${target}.${process.pid}`;
    await rm(temporary, { force: true });
    if (want.isSymbolicLink()) await symlink(await readlink(source), temporary);
    else
      try {
        await link(source, temporary);
      } catch {
        await copyFile(source, temporary, constants.COPYFILE_FICLONE);
        await utimes(temporary, want.atime, new Date(Math.floor(want.mtimeMs)));
      }
    await rename(temporary, target);
  }
}
