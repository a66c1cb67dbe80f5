import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * One Ctrl-C reaches us up to three times: from the terminal, and from npm, which passes on its own. A person's second one
 * comes later than this.
 */
const SAME_KEYPRESS = 300;
const INTERRUPTED = 128 + constants.signals.SIGINT;
/** @type {NodeJS.Signals[]} */
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program in our place: what it prints is what we print, its exit code ours. It is in a session of its own, so that
 * the terminal's signals come to us alone and reach it once each; Electron's helpers and the trainer in it get none.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, ipc?: boolean, input?: boolean }} [options]
 *   ipc: with a channel that closes when we die; input: what comes in to us goes to it
 * @returns {Promise<number>} exit code, 128 + its number after a signal
 */
export function foreground(command, args, { ipc = false, input = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...options,
      stdio: [
        input ? 'pipe' : 'ignore',
        'inherit',
        'inherit',
        ...(ipc ? [/** @type {const} */ ('ipc')] : []),
      ],
      detached: process.platform !== 'win32',
    });
    if (child.stdin) passOn(process.stdin, child.stdin);
    let last = 0;
    let interrupts = 0;
    for (const signal of passedOn)
      process.on(signal, () => {
        const now = Date.now();
        const isNew = now - last > SAME_KEYPRESS;
        last = now;
        if (!isNew) return;
        if (signal === 'SIGINT') interrupts += 1;
        // A trainer that is in the middle of a long step hears nothing: a second Ctrl-C does not ask it.
        if (ipc && interrupts > 1) child.kill('SIGKILL');
        // On Windows the console has told every program in it already.
        else if (process.platform !== 'win32') child.kill(toldAs(signal));
      });
    if (process.platform !== 'win32') keepStep(child);
    if (process.env.npm_lifecycle_event !== undefined) endWithNpm(child);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      // Or we would wait for more to come in.
      if (input) process.stdin.destroy();
      const killed = signal === 'SIGKILL' && interrupts > 1;
      resolve(killed ? INTERRUPTED : (code ?? 128 + (signal ? constants.signals[signal] : 0)));
    });
  });
}

/** A closed terminal is a reason to save and end, not to die. @param {NodeJS.Signals} signal @returns {NodeJS.Signals} */
const toldAs = (signal) => (signal === 'SIGHUP' ? 'SIGTERM' : signal);

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

/** Stops, goes on and learns of the terminal's width as we do. @param {import('node:child_process').ChildProcess} child */
function keepStep(child) {
  process.on('SIGTSTP', () => {
    child.kill('SIGSTOP');
    process.kill(process.pid, 'SIGSTOP');
  });
  process.on('SIGCONT', () => child.kill('SIGCONT'));
  process.on('SIGWINCH', () => child.kill('SIGWINCH'));
}

/**
 * Told to end, npm tells the shell between it and us, which just ends and leaves us behind.
 * @param {import('node:child_process').ChildProcess} child
 */
function endWithNpm(child) {
  const { ppid } = process;
  const timer = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(timer);
    child.kill();
  }, 500).unref();
}
