import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * @typedef {object} About
 * @property {number} parent process id
 * @property {number} group process group id
 * @property {boolean} isShellCommand a shell that runs one command, as npm starts it: sh -c COMMAND
 * @property {boolean} ignoresHangUp false where the system does not tell
 */

/** What the system tells of another process; null where it tells nothing. @param {number} pid @returns {About | null} */
export function aboutProcess(pid) {
  try {
    return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
  } catch {
    return null;
  }
}

/** @param {number} pid @returns {About} */
function fromProc(pid) {
  const read = (/** @type {string} */ name) => readFileSync(`/proc/${pid}/${name}`, 'utf8');
  // After its name in brackets, which may hold anything: state, parent, group.
  const [, parent, group] = read('stat')
    .replace(/^.*\) /s, '')
    .split(' ');
  const ignored = /^SigIgn:\s*(\w+)$/m.exec(read('status'))?.[1] ?? '0';
  return {
    parent: Number(parent),
    group: Number(group),
    isShellCommand: read('cmdline').split('\0')[1] === '-c',
    // Signal 1 is the lowest bit.
    ignoresHangUp: (BigInt(`0x${ignored}`) & 1n) === 1n,
  };
}

/** @param {number} pid @returns {About} */
function fromPs(pid) {
  const printed = execFileSync('ps', ['-o', 'ppid=,pgid=,args=', '-p', String(pid)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [parent, group, , option] = printed.trim().split(/\s+/);
  return {
    parent: Number(parent),
    group: Number(group),
    isShellCommand: option === '-c',
    ignoresHangUp: false,
  };
}
