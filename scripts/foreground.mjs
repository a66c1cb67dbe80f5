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
 * One Ctrl-C reaches us up to three times: from the terminal, and from npm, which passes on its own. A person's second one
 * comes later than this.
 */
const SAME_KEYPRESS = 300;
const INTERRUPTED = 128 + constants.signals.SIGINT;
/** @type {NodeJS.Signals[]} */
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

const outlives = outlivesTerminal();
// From the start on: set-up comes first.
if (outlives) process.on('SIGHUP', () => undefined);
process.on('exit', forgetLostTerminals);

/**
 * Runs a program in our place: what it prints is what we print, its exit code ours. It is in a session of its own, so that
 * the terminal's signals come to us alone and reach it once each; Electron's helpers and the trainer in it get none.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, ipc?: boolean, input?: boolean }} [options]
 *   ipc: with a channel that closes when we die; input: what comes in to us goes to it
 * @returns {Promise<number>} exit code, 128 + its number after a signal
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
        // A trainer that is in the middle of a long step hears nothing: a second Ctrl-C does not ask it.
        if (ipc && interrupts > 1) child.kill('SIGKILL');
        // On Windows the console has told every program in it already.
        else if (process.platform !== 'win32') child.kill(ipc ? signal : toldAs(signal));
      });
    if (process.platform !== 'win32') keepStep(child);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      // Or we would wait for more to come in.
      if (input) process.stdin.destroy();
      const killed = signal === 'SIGKILL' && interrupts > 1;
      resolve(killed ? INTERRUPTED : (code ?? 128 + (signal ? constants.signals[signal] : 0)));
    });
  });
}

/** Electron knows two ways to be told to save and end. @param {NodeJS.Signals} signal @returns {NodeJS.Signals} */
const toldAs = (signal) => (signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM');

/**
 * In a session of its own it cannot read from the terminal itself.
 * @param {NodeJS.ReadStream} from
 * @param {import('node:stream').Writable} to
 */
function passOn(from, to) {
  from.on('error', () => to.end());
  to.on('error', () => from.unpipe(to));
  from.pipe(to);
}
