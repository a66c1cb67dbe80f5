import * as v from 'valibot';
import { shown } from './shown.ts';

/** How many of a machine's cores training may use: a setting of the machine and of no run. */

/** A number of them, whichever machine it is. */
export const threadCount = v.pipe(v.number(), v.integer(), v.minValue(1));

/** By this, a process that loads TensorFlow is told how many; where it is missing or empty, all of them. */
export const THREADS_VARIABLE = 'FIRSTLAYER_THREADS';

/**
 * @param text as a person gave it
 * @returns null where it is no number that this machine can keep
 */
export function threadsFrom(text: string, cores: number): number | null {
  const threads = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return threads >= 1 && threads <= cores ? threads : null;
}

/** What is wrong with what `threadsFrom` does not take, to follow its name. */
export const threadsProblem = (text: string, cores: number): string =>
  `must be ${cores === 1 ? '1, this machine’s only core' : `a whole number from 1 to ${cores}, this machine’s cores`}, but is ${shown(text)}.`;
