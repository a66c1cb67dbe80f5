import { closeSync, fstatSync, openSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { isatty } from 'node:tty';
import { aboutProcess } from './processes.mjs';

/**
 * What becomes of a run when its terminal goes away. Plain JavaScript, for scripts/ asks before anything is built.
 * docs/signals.md has the rule in words.
 */

const [INPUT, OUTPUT, ERRORS] = [0, 1, 2];
const streams = [INPUT, OUTPUT, ERRORS];
const terminals = streams.filter((fd) => isatty(fd));

/** How a program tells the one it starts, whose own streams and session say nothing of the person's terminal. */
const TOLD = 'FIRSTLAYER_OUTLIVES_TERMINAL';

/**
 * Whether the person started this so that it goes on without its terminal. Node takes back at its start what nohup had the
 * process ignore, so that this can only be told by what nohup and setsid leave behind.
 */
export function outlivesTerminal() {
  const told = process.env[TOLD];
  if (told !== undefined) return told === 'yes';
  // Windows ends what a closed console held, whatever it answers.
  if (process.platform === 'win32') return false;
  // The child of a program, which signals it for reasons of its own.
  if (isPipe(INPUT) && isPipe(OUTPUT)) return false;
  return terminals.length === 0 || hasNoTerminal() || isNohup() || isShielded();
}

/** The launcher's word to the trainer, whose own session no hang-up reaches. */
export const HANG_UP = 'hang-up';

/** What a program that is started in our place learns of us. @param {boolean} outlives @returns {NodeJS.ProcessEnv} */
export const tellOutlives = (outlives) => ({ [TOLD]: outlives ? 'yes' : 'no' });

const lostTerminals = () => terminals.filter((fd) => !isatty(fd));

/** Whether a terminal that was there at the start is gone. */
export const hasLostTerminal = () => lostTerminals().length > 0;

/**
 * At its end Node restores the terminal that it found, and aborts where that is gone: the exit code would be lost. To be
 * called as it ends.
 */
export function forgetLostTerminals() {
  for (const fd of lostTerminals()) {
    closeSync(fd);
    // Takes the lowest number that is free, the one just closed.
    openSync('/dev/null', 'r+');
  }
}

/** @param {number} fd */
function isPipe(fd) {
  const about = fstatSync(fd);
  return about.isFIFO() || about.isSocket();
}

/** Streams at a terminal, but in a session that has none: setsid. */
function hasNoTerminal() {
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ENXIO';
  }
}

/** BSD's and macOS's nohup leaves the input at the terminal. */
function isNohup() {
  if (terminals.includes(OUTPUT) || terminals.includes(ERRORS)) return false;
  // The shell's own record of what it started.
  if (basename(process.env._ ?? '') === 'nohup') return true;
  const output = fstatSync(OUTPUT);
  return [process.env.INIT_CWD ?? process.cwd(), homedir()].some((folder) => {
    const file = statSync(join(folder, 'nohup.out'), { throwIfNoEntry: false });
    return file?.ino === output.ino && file.dev === output.dev;
  });
}

/** Below a shell of the same job that ignores it: trap '' HUP. */
function isShielded() {
  const group = aboutProcess(process.pid)?.group;
  for (let pid = process.ppid; pid > 1;) {
    const about = aboutProcess(pid);
    if (about?.group !== group || about === null) return false;
    if (about.ignoresHangUp) return true;
    pid = about.parent;
  }
  return false;
}
