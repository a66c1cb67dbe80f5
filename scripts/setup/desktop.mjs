import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { need } from './debian.mjs';
import { electronExecutable, electronFolder } from './electron-path.mjs';
import { SetupError } from './failure.mjs';
import { duration, say } from './progress.mjs';
import { answers, run } from './run.mjs';

/** Together these bring every library that Electron is linked with. */
const libraries = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libatk-bridge2.0-0'];

/** Makes sure of what Electron needs from the system: shared libraries, and a kernel that allows its sandbox. Linux only. */
export async function desktop() {
  if (process.platform !== 'linux') return;
  await needInstalled(libraries, 'Desktop libraries', async () => {
    const { output } = await run('ldd', [electronExecutable()]);
    return [...output.matchAll(/(\S+) => not found/g)].map(([, name = '']) => name);
  });
  demandSandbox();
}

/** Installs a virtual screen for tests if there is no other. */
export function screen() {
  if (!needsVirtualScreen()) return;
  return needInstalled(['xvfb'], 'Virtual screen', () =>
    Promise.resolve(answers('Xvfb', ['-help']) ? [] : ['Xvfb']),
  );
}

export const needsVirtualScreen = () => process.platform === 'linux' && !process.env.DISPLAY;

export const hasDisplay = () =>
  process.platform !== 'linux' || [process.env.DISPLAY, process.env.WAYLAND_DISPLAY].some(Boolean);

/**
 * @param {string[]} names of Debian packages
 * @param {string} label
 * @param {() => Promise<string[]>} missing
 */
async function needInstalled(names, label, missing) {
  const before = await missing();
  if (before.length === 0) return;
  const start = Date.now();
  const what = `${label}: ${before.join(', ')} missing.`;
  if (process.getuid?.() === 0) say(`${what} Installing ${names.join(' ')} with apt-get, as root.`);
  await need(names, what);
  const after = await missing();
  if (after.length > 0)
    throw new SetupError(
      `${label}: ${after.join(', ')} still missing after ${names.join(' ')} was installed.`,
      'the system',
      'Install what holds them and run the same command again.',
    );
  say(`${label}: installed in ${duration(Date.now() - start)}.`);
}

/** Chromium exits at once if it cannot build a sandbox: an ordinary user needs user namespaces or the set-uid helper. */
function demandSandbox() {
  if (process.getuid?.() === 0) return;
  const helper = join(electronFolder() ?? '', 'chrome-sandbox');
  const { uid, mode } = statSync(helper);
  if ((uid === 0 && mode & 0o4000) || mayUseNamespaces()) return;
  throw new SetupError(
    'This system keeps ordinary programs from building a sandbox (user namespaces are restricted), and Electron needs one.',
    helper,
    `Give its helper the right to:  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'\nand then run the same command again.`,
  );
}

function mayUseNamespaces() {
  if (answers('unshare', ['--version']))
    return answers('unshare', ['--user', '--map-root-user', 'true']);
  try {
    return (
      readFileSync('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', 'utf8').trim() === '0'
    );
  } catch {
    return true;
  }
}
