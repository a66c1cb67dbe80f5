import { readdirSync, statSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from '../setup/progress.mjs';
import { answers, must, run } from '../setup/run.mjs';
import { loadedVersion } from '../setup/tensorflow-wheel.mjs';
import { Elf } from '../setup/elf.mjs';
import { trimNames } from './trim-names.mjs';

/**
 * Makes TensorFlow's library on Linux smaller: without the symbols that debuggers read, and without the names that nobody calls.
 * @param {string} folder of tfjs-node in the packed app
 * @param {string} executable that loads it
 */
export async function shrinkLibraries(folder, executable) {
  const library = join(folder, 'deps/lib');
  const binding = join(folder, 'lib/napi-v8/tfjs_binding.node');
  // Links lead to what is a file there.
  const files = readdirSync(library, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(library, name));
  const before = sizeOf(files);
  await strip([...files, binding]);
  // Other libraries of the process may have a name in common with these, which then must mean the same.
  const system = await systemLibraries(binding);
  const namesOf = new Map(
    [...files, binding, executable, ...system].map((file) => [file, names(file)]),
  );
  for (const file of files) {
    const others = [...namesOf].filter(([other]) => other !== file);
    await replace(file, async (target) => {
      const elf = Elf.read(file);
      const bytes = elf && trimNames(elf, new Set(others.flatMap(([, each]) => each)));
      if (bytes) await writeFile(target, bytes, { mode: 0o755 });
      return bytes !== null && bytes.length < statSync(file).size;
    });
  }
  const version = await loadedVersion(folder);
  say(`TensorFlow ${version}: ${megabytes(before)} MB packed as ${megabytes(sizeOf(files))} MB.`);
}

/** @param {string[]} files */
const sizeOf = (files) => files.reduce((sum, file) => sum + statSync(file).size, 0);

/** @param {number} bytes */
const megabytes = (bytes) => Math.round(bytes / 1e6);

/** @param {string} file */
const names = (file) =>
  Elf.read(file)
    ?.symbols()
    .map(({ name }) => name) ?? [];

/** Paths of what the system's loader takes for a library besides those in the app. @param {string} binding */
async function systemLibraries(binding) {
  const { output } = await run('ldd', [binding]);
  const paths = [...output.matchAll(/=> (\/\S+)/g)].map(([, path = '']) => path);
  return paths.filter((path) => !path.includes('tensorflow'));
}

/** @param {string[]} files */
async function strip(files) {
  if (!answers('strip', ['--version'])) {
    say('TensorFlow is packed with its debugging symbols: there is no strip (Debian: binutils).');
    return;
  }
  for (const file of files)
    await replace(file, async (target) => {
      await must('Stripping', 'strip', ['--strip-unneeded', '-o', target, file]);
      return true;
    });
}

/**
 * Replaces a file, which may be a hard link to one that others use.
 * @param {string} file
 * @param {(target: string) => Promise<boolean>} make writes the new one; the result says whether to take it
 */
async function replace(file, make) {
  const target = `${file}.new`;
  if (await make(target)) await rename(target, file);
  else await rm(target, { force: true });
}
