import * as v from 'valibot';
import { shown } from './shown.ts';

/** How many of a machine's cores training may use, which is a setting of the machine, not of a run. */

/** A number of cores on any machine. */
export const threadCount = v.pipe(v.number(), v.integer(), v.minValue(1));

/** The environment variable that tells a process with TensorFlow the number of cores; if missing or empty, it uses all. */
export const THREADS_VARIABLE = 'FIRSTLAYER_THREADS';

/**
 * @param text as a person entered it
 * @returns null if it is not a number of cores that this machine has
 */
export function threadsFrom(text: string, cores: number): number | null {
  const threads = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return threads >= 1 && threads <= cores ? threads : null;
}

/** Why `threadsFrom` refuses a text, to follow the setting's name. */
export const threadsProblem = (text: string, cores: number): string =>
  `must be ${cores === 1 ? '1, this machine’s only core' : `a whole number from 1 to ${cores}, this machine’s cores`}, but is ${shown(text)}.`;
