import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { entryFolder, publish } from './cache.mjs';
import { isDebian, need } from './debian.mjs';
import { downloadWith } from './download.mjs';
import { SetupError } from './failure.mjs';
import { root } from './places.mjs';
import { duration, say } from './progress.mjs';
import { answers, must } from './run.mjs';

const requirements = join(root, 'test/bench/peers/requirements.txt');
const windows = process.platform === 'win32';
/** Some: what pip fetches differs by platform, and PyTorch's default package on Linux may bring libraries for graphics cards. */
const usualBytes = 2_300_000_000;

/** Another list, another environment. */
const entryName = () =>
  `peers-${createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)}`;

/** @param {string} folder of a virtual environment */
const pythonIn = (folder) => join(folder, windows ? 'Scripts/python.exe' : 'bin/python');

/**
 * A Python that has TensorFlow, Keras and PyTorch, in an environment of its own.
 * @returns {Promise<string | null>} its path; null, and said why, when it cannot be had
 */
export async function peersPython() {
  try {
    return pythonIn(entryFolder(entryName()) ?? (await publish(entryName(), install)));
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`Without peers: ${error.message}\n  ${error.remedy}`);
    return null;
  }
}

/** @param {string} folder */
async function install(folder) {
  const start = Date.now();
  const python = ['python3', 'python'].find((command) => answers(command, ['--version']));
  if (!python)
    throw new SetupError('there is no Python.', 'python3', 'Install Python 3.11 and try again.');
  // Debian has it in a package of its own.
  if (!answers(python, ['-c', 'import ensurepip']) && isDebian())
    await need(['python3-venv'], 'Python cannot make virtual environments.');
  await must('Making a Python environment', python, ['-m', 'venv', folder]);
  const temporary = join(folder, 'downloads');
  await mkdir(temporary);
  const args = ['-m', 'pip', 'install', '--no-cache-dir', '--progress-bar=off', '-r', requirements];
  await downloadWith(
    'Peers: pip installs TensorFlow, Keras and PyTorch',
    usualBytes,
    folder,
    pythonIn(folder),
    args,
    { cwd: folder, env: { ...process.env, TMPDIR: temporary } },
  );
  await rm(temporary, { recursive: true, force: true });
  say(
    `Peers: TensorFlow, Keras and PyTorch in Python, installed in ${duration(Date.now() - start)}.`,
  );
}
