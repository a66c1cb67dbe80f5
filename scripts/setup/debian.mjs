import { existsSync } from 'node:fs';
import { SetupError } from './failure.mjs';
import { answers, must } from './run.mjs';

export const isDebian = () => process.platform === 'linux' && existsSync('/usr/bin/apt-get');

/** What a person without root types. @param {string[]} names */
export const packagesCommand = (names) =>
  `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${namesHere(names).join(' ')}`;

/** Since their 64-bit change of time, Debian and Ubuntu call some libraries by another name. @param {string[]} names */
const namesHere = (names) =>
  names.map((name) =>
    name.startsWith('lib') && answers('apt-cache', ['show', '--no-all-versions', `${name}t64`])
      ? `${name}t64`
      : name,
  );

/**
 * Installs Debian packages when we are root; else says the command.
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
  // An installation that was cut short must be ended first.
  await must('Ending an earlier installation', 'dpkg', ['--configure', '-a'], { env });
  await must('Reading the lists of Debian packages', 'apt-get', [...wait, 'update'], { env });
  await must(
    'Installing Debian packages',
    'apt-get',
    [...wait, 'install', '-y', '--no-install-recommends', ...namesHere(names)],
    { env },
  );
}
