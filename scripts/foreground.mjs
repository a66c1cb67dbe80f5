import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import {
  forgetLostTerminals,
  HANG_UP,
  outlivesTerminal,
  tellOutlives,
} from '../main/trainer/terminal/hang-up.mjs';
import { keepStep } from './job-control.mjs';
import { watchNpm } from './npm-watch.mjs';

/**
 * One Ctrl-C reaches this process up to three times: from the terminal, and from npm, which passes it on. A person's second
 * Ctrl-C comes more than these milliseconds later.
 */
const SAME_KEYPRESS = 300;
const INTERRUPTED = 128 + constants.signals.SIGINT;
/** @type {NodeJS.Signals[]} */
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

const outlives = outlivesTerminal();
// A hang-up is ignored from the start, because set-up runs before the program does.
if (outlives) process.on('SIGHUP', () => undefined);
process.on('exit', forgetLostTerminals);

/**
 * Runs a program in place of this process: the output and the exit code are the program's. It has a session of its own, so that
 * the terminal's signals reach only this process, which passes each on once; Electron's helpers and the trainer in it get none.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, ipc?: boolean, input?: boolean }} [options] ipc: opens a channel that closes
 *   when this process dies; input: passes stdin on to the program
 * @returns {Promise<number>} the exit code; after a signal, 128 + the signal's number
 */
export function foreground(
  command,
  args,
  { ipc = false, input = false, env = process.env, ...options } = {},
) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...options,
      env: { ...env, ...tellOutlives(outlives) },
      stdio: [
        input ? 'pipe' : 'ignore',
        'inherit',
        'inherit',
        ...(ipc ? [/** @type {const} */ ('ipc')] : []),
      ],
      detached: process.platform !== 'win32',
    });
    if (child.stdin) passOn(process.stdin, child.stdin);
    const npm = watchNpm(() => child.kill());
    let last = 0;
    let interrupts = 0;
    for (const signal of passedOn)
      process.on(signal, () => {
        if (signal === 'SIGHUP' && outlives) {
          npm.excuse();
          if (ipc) child.send(HANG_UP, () => undefined);
          return;
        }
        const now = Date.now();
        const isNew = now - last > SAME_KEYPRESS;
        last = now;
        if (!isNew) return;
        if (signal === 'SIGINT') interrupts += 1;
        // A trainer in the middle of a long step cannot react, so a second Ctrl-C kills it.
        if (ipc && interrupts > 1) child.kill('SIGKILL');
        // On Windows the console has already signalled every program in it.
        else if (process.platform !== 'win32') child.kill(ipc ? signal : toldAs(signal));
      });
    if (process.platform !== 'win32') keepStep(child);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      // An open stdin would keep this process alive.
      if (input) process.stdin.destroy();
      const killed = signal === 'SIGKILL' && interrupts > 1;
      resolve(killed ? INTERRUPTED : (code ?? 128 + (signal ? constants.signals[signal] : 0)));
    });
  });
}

/** Electron saves and ends on two signals only. @param {NodeJS.Signals} signal @returns {NodeJS.Signals} */
const toldAs = (signal) => (signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM');

/**
 * Passes stdin on to a program that cannot read from the terminal, because it has a session of its own.
 * @param {NodeJS.ReadStream} from
 * @param {import('node:stream').Writable} to
 */
function passOn(from, to) {
  from.on('error', () => to.end());
  to.on('error', () => from.unpipe(to));
  from.pipe(to);
}
