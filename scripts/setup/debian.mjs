import { existsSync } from 'node:fs';
import { SetupError } from './failure.mjs';
import { answers, must } from './run.mjs';

export const isDebian = () => process.platform === 'linux' && existsSync('/usr/bin/apt-get');

/** The command that a person without root rights types. @param {string[]} names */
export const packagesCommand = (names) =>
  `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${namesHere(names).join(' ')}`;

/** Since Debian and Ubuntu moved to 64-bit time, the names of some libraries end with t64. @param {string[]} names */
const namesHere = (names) =>
  names.map((name) =>
    name.startsWith('lib') && answers('apt-cache', ['show', '--no-all-versions', `${name}t64`])
      ? `${name}t64`
      : name,
  );

/**
 * Installs Debian packages when we are root; otherwise throws an error that names the command.
 * @param {string[]} names
 * @param {string} what is wrong without them
 */
export async function need(names, what) {
  if (!isDebian())
    throw new SetupError(
      what,
      'the system',
      `Install what these Debian packages hold: ${names.join(' ')}; then run the same command again.`,
    );
  if (process.getuid?.() !== 0)
    throw new SetupError(
      what,
      'the system',
      `Run:  ${packagesCommand(names)}\nand then the same command again.`,
    );
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  // An interrupted installation must be completed first.
  await must('Ending an earlier installation', 'dpkg', ['--configure', '-a'], { env });
  await must('Reading the lists of Debian packages', 'apt-get', [...wait, 'update'], { env });
  await must(
    'Installing Debian packages',
    'apt-get',
    [...wait, 'install', '-y', '--no-install-recommends', ...namesHere(names)],
    { env },
  );
}
