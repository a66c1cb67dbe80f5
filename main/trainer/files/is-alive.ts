import { hasCode } from './durable-files.ts';

/** Whether a process of this number runs, as far as can be told; one that may not be asked does. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}
