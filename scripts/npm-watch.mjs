import { basename } from 'node:path';
import { aboutProcess } from '../main/trainer/terminal/processes.mjs';

const INTERVAL = 500;
/** A hang-up reaches npm, its shell and us within this many intervals. */
const TOGETHER = 3;

/**
 * Killed, npm leaves us behind; told to end, it tells the shell between it and us, which just ends. Both are seen here.
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
    /** The terminal is gone: should npm have gone with it, that is no reason to end. */
    excuse() {
      excused = TOGETHER;
    },
  };
}

/** Whether npm and the shell that it started us by are still there. @returns {() => boolean} */
function chainToNpm() {
  const { npm_lifecycle_script: script = '' } = process.env;
  // Also set for what is started below something that npm started.
  if (!script.includes(basename(process.argv[1] ?? ''))) return () => true;
  const parent = process.ppid;
  const about = aboutProcess(parent);
  // Many shells let the command take their place.
  if (!about?.isShellCommand) return () => process.ppid === parent;
  const npm = about.parent;
  return () => process.ppid === parent && isParent(npm, parent);
}

/** @param {number} pid @param {number} child */
function isParent(pid, child) {
  // Where it costs a process to ask, it is enough that there is one of that number.
  if (process.platform === 'linux') return aboutProcess(child)?.parent === pid;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
