import { spawn } from 'node:child_process';
import { needsVirtualScreen } from '../setup/desktop.mjs';

/**
 * Runs `use` with a screen: the one there is, or a virtual one. Xvfb itself finds a free number and reports it, whereas xvfb-run
 * guesses.
 * @template T
 * @param {() => Promise<T>} use
 * @param {string} size of a virtual screen, in pixels
 * @returns {Promise<T>}
 */
export async function withScreen(use, size = '1600x1200') {
  if (!needsVirtualScreen()) return use();
  const args = ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const end = () => server.kill();
  process.on('exit', end);
  try {
    process.env.DISPLAY = await new Promise((resolve, reject) => {
      server.on('error', reject);
      server.on('exit', () => {
        reject(new Error('The virtual screen (Xvfb) did not start.'));
      });
      server.stdio[3]?.once('data', (/** @type {Buffer} */ number) => {
        resolve(`:${number.toString().trim()}`);
      });
    });
    return await use();
  } finally {
    delete process.env.DISPLAY;
    process.off('exit', end);
    end();
  }
}
