import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { foreground } from './foreground.mjs';
import { root } from './setup/places.mjs';

const endWithParent = pathToFileURL(join(root, 'scripts/end-with-parent.mjs')).href;

/**
 * Runs one of dist/'s programs with Node, in the folder where the person typed the command, so that relative paths are right.
 * @param {string} program below dist/
 * @param {string[]} args
 * @param {{ input?: boolean }} [options] input: passes stdin on to it
 */
export const runNode = (program, args, { input = false } = {}) =>
  foreground(
    process.execPath,
    ['--enable-source-maps', '--import', endWithParent, join(root, 'dist', program), ...args],
    { cwd: process.env.INIT_CWD ?? process.cwd(), ipc: true, input },
  );
