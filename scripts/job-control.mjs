import { spawn } from 'node:child_process';

/** The script of a shell that waits: when its stdin is closed, it continues the process whose id it was given. */
const CONTINUE_AT_END = 'read -r _; kill -s CONT "$0"';

/**
 * Stops and continues a program in a session of its own together with our job, and tells it when the terminal's size changes.
 * @param {import('node:child_process').ChildProcess} child
 */
export function keepStep(child) {
  /** @type {import('node:child_process').ChildProcess | null} */
  let guard = null;
  process.on('SIGTSTP', () => {
    child.kill('SIGSTOP');
    // If we are killed while the program is stopped, this shell continues it, so that it can save and end.
    guard ??= spawn('sh', ['-c', CONTINUE_AT_END, String(child.pid)], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    }).on('error', () => undefined);
    process.kill(process.pid, 'SIGSTOP');
  });
  process.on('SIGCONT', () => {
    child.kill('SIGCONT');
    guard?.stdin?.end();
    guard = null;
  });
  process.on('SIGWINCH', () => child.kill('SIGWINCH'));
}
