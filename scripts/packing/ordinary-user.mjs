import { mkdtempSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must } from '../setup/run.mjs';

/**
 * @typedef {object} OrdinaryUser
 * @property {string} name
 * @property {string} home empty at first
 * @property {(command: string, args: string[], options?: { env?: Record<string, string>, hidden?: string[] }) => Promise<string>} run
 *   runs a program as this user, without a network and with nothing in the environment but what is named; files that are `hidden` are
 *   empty for it; a failure throws with what it printed
 */

/**
 * Lends a user that did not exist before, and removes it afterwards with all that it has. As root on Linux only.
 * @template T
 * @param {(user: OrdinaryUser) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withOrdinaryUser(use) {
  const name = `firstlayer-${process.pid}`;
  const folder = mkdtempSync(join(tmpdir(), 'firstlayer-user-'));
  await chmod(folder, 0o755);
  const home = join(folder, 'home');
  const skeleton = ['--skel', '/nonexistent'];
  await must('Making a user', 'useradd', [
    '--create-home',
    ...skeleton,
    '--home-dir',
    home,
    '--user-group',
    name,
  ]);
  const as = ['--reuid', name, '--regid', name, '--clear-groups'];
  /** @type {OrdinaryUser['run']} */
  const run = (command, args, { env = {}, hidden = [] } = {}) => {
    const hide = hidden.map((file) => `mount --bind /dev/null '${file}' && `).join('');
    const script = `${hide}ip link set lo up && cd '${home}' && exec setpriv ${as.join(' ')} -- "$@"`;
    const variables = { HOME: home, USER: name, LANG: 'C.UTF-8', PATH: '/usr/bin:/bin', ...env };
    const only = Object.entries(variables).map(([key, value]) => `${key}=${value}`);
    const apart = ['--net', '--mount', 'sh', '-c', script, 'sh', 'env', '-i', ...only];
    return must(command, 'unshare', [...apart, command, ...args]);
  };
  try {
    return await use({ name, home, run });
  } finally {
    await must('Removing the user', 'userdel', ['--force', name]);
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
  }
}
