import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const trainer = resolve(import.meta.dirname, '../../../dist/trainer/train.js');

/** Trains in the terminal's program, to its end. */
export async function trainInTerminal(...args: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [trainer, ...args]);
}
