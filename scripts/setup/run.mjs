import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetupError } from './failure.mjs';

const SOME_LINES = 8;

/**
 * Runs a program to its end and keeps what it prints.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal }} [options]
 * @returns {Promise<{ code: number, output: string }>} 127 when there is no such program
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      // npm is a script on Windows.
      shell: process.platform === 'win32' && command === 'npm',
      killSignal: 'SIGKILL',
      ...options,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        output += text;
      });
    child.on('error', (error) => {
      resolve({ code: 127, output: output + error.message });
    });
    child.on('close', (code) => {
      resolve({ code: code ?? 1, output });
    });
  });
}

/**
 * Like `run`, but a failure throws an error with a shortened output.
 * @param {string} what was being done, for the message
 * @param {string} command
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export async function must(what, command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw failed(what, command, args, output);
  return output;
}

/** @param {string} what @param {string} command @param {string[]} args @param {string} output */
export function failed(what, command, args, output) {
  const lines = output.trim().split('\n');
  if (lines.length > 2 * SOME_LINES) lines.splice(SOME_LINES, lines.length - 2 * SOME_LINES, '…');
  return new SetupError(
    `${what} failed:\n  ${lines.join('\n  ')}`,
    [command, ...args].join(' '),
    'Mend what it names (is the network there?) and run the same command again; it goes on from here.',
  );
}

/** Whether the program exists and succeeds. @param {string} command @param {string[]} args */
export const answers = (command, args) =>
  spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 }).status === 0;

/** The npm that runs us, or the one beside this Node. @returns {[string, ...string[]]} command and first arguments */
export function npm() {
  const bin = dirname(process.execPath);
  const places = [
    process.env.npm_execpath ?? '',
    join(bin, '../lib/node_modules/npm/bin/npm-cli.js'),
    join(bin, 'node_modules/npm/bin/npm-cli.js'),
  ];
  const script = places.find((place) => place.endsWith('npm-cli.js') && existsSync(place));
  return script ? [process.execPath, script] : ['npm'];
}
