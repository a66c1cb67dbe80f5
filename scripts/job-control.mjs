import { spawn } from 'node:child_process';

/** What a shell that waits does: when what it reads from ends, the process whose number it got goes on. */
const CONTINUE_AT_END = 'read -r _; kill -s CONT "$0"';

/**
 * A program in a session of its own stops with our job, goes on with it and learns of the terminal's width.
 * @param {import('node:child_process').ChildProcess} child
 */
export function keepStep(child) {
  /** @type {import('node:child_process').ChildProcess | null} */
  let guard = null;
  process.on('SIGTSTP', () => {
    child.kill('SIGSTOP');
    // Were we killed while it stands still, nobody would ever have it go on, save and end.
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
