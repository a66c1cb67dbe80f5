import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { builtProgram } from '../../support/built-programs.ts';

const trainer = builtProgram('train');

/** Trains in the terminal's program, to its end. */
export async function trainInTerminal(...args: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [trainer, ...args]);
}

/** Trains a small network in the terminal into a folder that the app opens then. */
export const trainQuickly = (folder: string, ...options: string[]): Promise<void> =>
  trainInTerminal(
    ...['--checkpoint-dir', folder, '--preset', 'small-and-fast', '--precision', 'float32'],
    ...options,
  );
