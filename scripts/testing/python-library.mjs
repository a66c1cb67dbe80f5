import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { need } from '../setup/debian.mjs';
import { SetupError } from '../setup/failure.mjs';
import { must } from '../setup/run.mjs';

/** Where Debian keeps its libraries and its own Python, even if there are other Pythons. */
const libraries = '/usr/lib/x86_64-linux-gnu';
const python = '/usr/bin/python3';

/** @param {string} folder @returns {string | null} the library of any Python 3 */
export function pythonLibraryIn(folder) {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const name = names.find((each) => /^libpython3\.\d+\.so\.1\.0$/.test(each));
  return name === undefined ? null : join(folder, name);
}

/** The name of the Debian package that holds the library of the system's own Python. */
export async function pythonPackage() {
  const ask = 'import sys; print("libpython%d.%d" % sys.version_info[:2])';
  return (await must('Asking Python for its version', python, ['-c', ask])).trim();
}

/** @param {string} what it is needed for @returns {Promise<string>} the library's path */
export async function pythonLibrary(what) {
  const there = pythonLibraryIn(libraries);
  if (there) return there;
  const missing = `The library of a Python, which ${what}, is missing.`;
  if (!existsSync(python)) await need(['python3'], missing);
  const name = await pythonPackage();
  await need([name], missing);
  const installed = pythonLibraryIn(libraries);
  if (installed) return installed;
  throw new SetupError(
    'The library of a Python is not where Debian has it.',
    libraries,
    `Install ${name} and run the same command again.`,
  );
}
