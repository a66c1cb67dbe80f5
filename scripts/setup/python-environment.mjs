import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { entryFolder, publish } from './cache.mjs';
import { isDebian, need } from './debian.mjs';
import { downloadWith } from './download.mjs';
import { SetupError } from './failure.mjs';
import { duration, say } from './progress.mjs';
import { answers, must } from './run.mjs';

/**
 * A separate Python environment in the cache, for tests or the benchmark.
 * @typedef {object} PythonEnvironment
 * @property {string} name of the cache's entry
 * @property {string} title what it is, in a line of progress
 * @property {string} requirements path of pip's list
 * @property {number} bytes it usually takes, for the progress
 */

const windows = process.platform === 'win32';

/** @param {string} folder of a virtual environment */
const pythonIn = (folder) => join(folder, windows ? 'Scripts/python.exe' : 'bin/python');

/** The name holds a hash of pip's list, so that another list makes another environment. @param {PythonEnvironment} environment */
const entryName = ({ name, requirements }) =>
  `${name}-${createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)}`;

/** Path of the environment's Python; null while it is not installed. @param {PythonEnvironment} environment */
export function installedPython(environment) {
  const folder = entryFolder(entryName(environment));
  return folder && pythonIn(folder);
}

/**
 * Finds the environment's Python, and installs the environment if need be.
 * @param {PythonEnvironment} environment
 * @returns {Promise<string | null>} its path; null, after saying why, if it cannot be installed
 */
export async function pythonOf(environment) {
  try {
    return (
      installedPython(environment) ??
      pythonIn(await publish(entryName(environment), (folder) => install(environment, folder)))
    );
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`Without ${environment.title}: ${error.message}\n  ${error.remedy}`);
    return null;
  }
}

/** @param {PythonEnvironment} environment @param {string} folder */
async function install({ title, requirements, bytes }, folder) {
  const start = Date.now();
  const python = ['python3', 'python'].find((command) => answers(command, ['--version']));
  if (!python)
    throw new SetupError('there is no Python.', 'python3', 'Install Python 3.11 and try again.');
  // Debian has ensurepip in a package of its own.
  if (!answers(python, ['-c', 'import ensurepip']) && isDebian())
    await need(['python3-venv'], 'Python cannot make virtual environments.');
  await must('Making a Python environment', python, ['-m', 'venv', folder]);
  const temporary = join(folder, 'downloads');
  await mkdir(temporary);
  const args = ['-m', 'pip', 'install', '--no-cache-dir', '--progress-bar=off', '-r', requirements];
  await downloadWith(`pip installs ${title}`, bytes, folder, pythonIn(folder), args, {
    cwd: folder,
    env: { ...process.env, TMPDIR: temporary },
  });
  await rm(temporary, { recursive: true, force: true });
  say(`In Python: ${title}, installed in ${duration(Date.now() - start)}.`);
}
