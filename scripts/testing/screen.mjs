import { spawn } from 'node:child_process';
import { needsVirtualScreen } from '../setup/desktop.mjs';

/** Tests at a time that each have a screen of their own: on one that they share, one would take the focus from another. */
const AT_A_TIME = 2;
const USUAL_SIZE = '1600x1200';

/**
 * Starts a virtual screen. Xvfb itself finds a free number and reports it, whereas xvfb-run guesses.
 * @param {string} size in pixels
 */
async function startScreen(size) {
  const args = ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const end = () => server.kill();
  process.on('exit', end);
  /** @type {string} */
  const name = await new Promise((resolve, reject) => {
    server.on('error', reject);
    server.on('exit', () => {
      reject(new Error('The virtual screen (Xvfb) did not start.'));
    });
    server.stdio[3]?.once('data', (/** @type {Buffer} */ number) => {
      resolve(`:${number.toString().trim()}`);
    });
  });
  return {
    name,
    end() {
      process.off('exit', end);
      end();
    },
  };
}

/**
 * Runs `use` with a screen: the one there is, or a virtual one.
 * @template T
 * @param {() => Promise<T>} use
 * @param {string} size of a virtual screen, in pixels
 * @returns {Promise<T>}
 */
export const withScreen = (use, size = USUAL_SIZE) => withVirtualScreens(1, size, use);

/**
 * Like `withScreen`, for tests that run beside each other where screens are virtual: FIRSTLAYER_SCREENS names one for each.
 * @template T
 * @param {() => Promise<T>} use
 * @returns {Promise<T>}
 */
export const withScreens = (use) => withVirtualScreens(AT_A_TIME, USUAL_SIZE, use);

/**
 * @template T
 * @param {number} count
 * @param {string} size
 * @param {() => Promise<T>} use
 * @returns {Promise<T>}
 */
async function withVirtualScreens(count, size, use) {
  if (!needsVirtualScreen()) return use();
  /** @type {Awaited<ReturnType<typeof startScreen>>[]} */
  const screens = [];
  try {
    while (screens.length < count) screens.push(await startScreen(size));
    const names = screens.map(({ name }) => name);
    process.env.DISPLAY = names[0];
    process.env.FIRSTLAYER_SCREENS = names.join(' ');
    return await use();
  } finally {
    delete process.env.DISPLAY;
    delete process.env.FIRSTLAYER_SCREENS;
    for (const screen of screens) screen.end();
  }
}
