import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { builtProgram } from '../../support/built-programs.ts';

/** Every program for the terminal as a person runs it, under what a system may do to it. */

export interface Ended {
  code: number | null;
  out: string;
  error: string;
}

/** @param wrap words before node's, such as a shell that limits it */
export function runProgram(
  args: readonly string[],
  wrap: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Ended {
  const [program = 'train', ...rest] = args;
  const [command = '', ...words] = [...wrap, process.execPath, builtProgram(program), ...rest];
  const { status, stdout, stderr } = spawnSync(command, words, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { code: status, out: stdout, error: stderr };
}

/**
 * What only looks.
 * @param name of a checkpoint in the folder
 */
export const looking = (name: string) => ({
  list: ['checkpoints', 'list'],
  show: ['checkpoints', 'show', name],
  verify: ['checkpoints', 'verify'],
  'verify of one': ['checkpoints', 'verify', name],
  compare: ['checkpoints', 'compare', name, name],
  inspect: ['inspect'],
});

/** What changes the folder. */
export const changing = (name: string) => ({
  pin: ['checkpoints', 'pin', name],
  unpin: ['checkpoints', 'unpin', name],
  prune: ['checkpoints', 'prune', '--keep', '1'],
  delete: ['checkpoints', 'delete', name],
  train: ['train', '--max-steps', '100', '--epochs', '100'],
});

/** Told as what it is: its code, nothing of a bug, no stack. */
export function expectTold({ out, error }: Ended, code: RegExp): void {
  expect(`${out}\n${error}`).toMatch(code);
  expect(`${out}\n${error}`).not.toMatch(/report it|should not happen|node:internal|^ {4}at /im);
}

/** Every file below a folder, by its name and content. */
export const contents = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const path = join(folder, name);
      if (!statSync(path).isFile()) return name;
      return `${name} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
    });
