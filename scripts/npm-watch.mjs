import { basename } from 'node:path';
import { aboutProcess } from '../main/trainer/terminal/processes.mjs';

const INTERVAL = 500;
/** A hang-up reaches npm, its shell and us within this many intervals. */
const TOGETHER = 3;

/**
 * Calls `ended` when npm is gone. A killed npm leaves us behind; one that is told to end tells only the shell between it and us,
 * which just ends.
 * @param {() => void} ended
 */
export function watchNpm(ended) {
  const isIntact = chainToNpm();
  let missing = 0;
  let excused = 0;
  const timer = setInterval(() => {
    if (isIntact()) {
      excused = Math.max(0, excused - 1);
      return;
    }
    missing += 1;
    // The hang-up that took npm may be about to reach us.
    if (excused === 0 && missing === 1) return;
    clearInterval(timer);
    if (excused === 0) ended();
  }, INTERVAL).unref();
  return {
    /** The terminal is gone. If npm goes with it, that is no reason to end. */
    excuse() {
      excused = TOGETHER;
    },
  };
}

/** Returns a check whether npm and the shell that it started us with are still there. @returns {() => boolean} */
function chainToNpm() {
  const { npm_lifecycle_script: script = '' } = process.env;
  // The variable is also set for programs that npm started only indirectly.
  if (!script.includes(basename(process.argv[1] ?? ''))) return () => true;
  const parent = process.ppid;
  const about = aboutProcess(parent);
  // Many shells replace themselves with the command; then npm is our parent.
  if (!about?.isShellCommand) return () => process.ppid === parent;
  const npm = about.parent;
  return () => process.ppid === parent && isParent(npm, parent);
}

/** @param {number} pid @param {number} child */
function isParent(pid, child) {
  // Elsewhere asking for the parent costs a process, so it is enough that a process with this id exists.
  if (process.platform === 'linux') return aboutProcess(child)?.parent === pid;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
