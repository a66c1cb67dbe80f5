import { mkdtempSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readJson } from '../setup/json.mjs';
import { root } from '../setup/places.mjs';
import { say } from '../setup/progress.mjs';
import { must } from '../setup/run.mjs';

/** What a person does with the installed app, for npm run test:installed. */

/** @typedef {import('./ordinary-user.mjs').OrdinaryUser} OrdinaryUser */

const DATA = /^model\.ckpt-\d+\.data-/;
const training = ['--seed', '1', '--precision', 'float32', '--epochs', '1'];

/**
 * Trains in the terminal. What an installed app learns is what the sources learn, to the last bit.
 * @param {OrdinaryUser} user @param {string} program @param {boolean} isWhole whether it trains the whole network
 */
export async function useTerminal(user, program, isWhole) {
  const hidden = [realpathSync(process.execPath)];
  const { version } = /** @type {{ version: string }} */ (readJson(join(root, 'package.json')));
  const said = await user.run(program, ['--version'], { hidden });
  demand(said.includes(`Firstlayer ${version}`), `--version says ${said}`);
  const run = join(user.home, 'my run');
  const network = isWhole ? [] : ['--preset', 'small-and-fast'];
  await user.run(program, ['--train', '--checkpoint-dir', run, ...network, ...training], {
    hidden,
  });
  const own = mkdtempSync(join(tmpdir(), 'firstlayer-own-'));
  try {
    const trainer = join(root, 'dist/trainer/train.js');
    await must('Training', process.execPath, [
      trainer,
      '--checkpoint-dir',
      own,
      ...network,
      ...training,
    ]);
    demand(
      sumIn(run) === sumIn(own),
      'the installed app has learned something else than the sources',
    );
  } finally {
    await rm(own, { recursive: true, force: true });
  }
  say('In the terminal it learns the same, bit for bit.');
  await useOtherPrograms(user, program, run);
}

/**
 * Asks each of the other programs something about what was trained.
 * @param {OrdinaryUser} user @param {string} program @param {string} run folder
 */
async function useOtherPrograms(user, program, run) {
  const sheet = join(user.home, 'samples.png');
  const trained = ['--checkpoint-dir', run];
  /** @type {[string[], RegExp][]} what is asked, and what belongs into the answer */
  const calls = [
    [['--checkpoints', 'list', ...trained], /^model\.ckpt-\d+ .*newest, best$/m],
    [['--checkpoints', 'verify', ...trained], /^model\.ckpt-\d+: good$/m],
    [['--inspect', '--image', '0', ...trained], /Test image 0 is a 7/],
    [['--evaluate', ...trained], /accuracy \d/],
    [['--data', 'show', 'mnist', '--sheet', sheet], /28×28, grey, 10 classes/],
    [['--predict', ...trained, sheet], /%/],
  ];
  for (const [args, expected] of calls) {
    const said = await user.run(program, args);
    demand(expected.test(said), `${args.join(' ')} says ${said}`);
  }
  await rm(sheet);
  // An error names the program as a person with this app can call it.
  const refusal = await user.run(program, ['--data', 'show', 'cifar-10']).then(
    () => '',
    (/** @type {unknown} */ error) => String(error),
  );
  demand(refusal.includes('firstlayer --data fetch cifar-10'), `it refuses with ${refusal}`);
  say('The other programs of the terminal answer.');
}

/** @param {string} folder */
function sumIn(folder) {
  const name = readdirSync(folder).find((each) => DATA.test(each));
  demand(name !== undefined, `there is no checkpoint in ${folder}`);
  return createHash('sha256')
    .update(readFileSync(join(folder, name ?? '')))
    .digest('hex');
}

/**
 * Opens the window, trains, predicts, quits and goes on.
 * @param {OrdinaryUser} user @param {string} folder of the app @param {boolean} hasHelper whether the sandbox's helper has its rights
 */
export async function useWindow(user, folder, hasHelper) {
  const isAllowed = hasHelper || (await mayUseNamespaces(user));
  if (!isAllowed) say('This kernel denies ordinary users a sandbox: the window is not tried.');
  if (!isAllowed) return;
  const { drivenProgramIn } = await import('./driven-copy.mjs');
  const driven = await drivenProgramIn(folder);
  try {
    const playwright = join(root, 'node_modules/playwright/cli.js');
    const config = join(root, 'test/installed/playwright.config.ts');
    // Playwright removes the folder itself, too, before it begins.
    const work = join(dirname(user.home), 'work');
    await mkdir(work, { recursive: true });
    await chmod(work, 0o777);
    const results = join(work, 'results');
    const output = await user.run(
      process.execPath,
      [playwright, 'test', '-c', config, '--output', results],
      {
        // Where no Node is.
        env: {
          PATH: '/nonexistent',
          DISPLAY: process.env.DISPLAY ?? '',
          FIRSTLAYER_APP: driven,
          FIRSTLAYER_SANDBOX: 'on',
        },
      },
    );
    say(output.trim());
  } finally {
    await rm(driven, { force: true });
  }
}

/** @param {OrdinaryUser} user */
async function mayUseNamespaces(user) {
  try {
    await user.run('unshare', ['--user', '--map-root-user', 'true']);
    return true;
  } catch {
    return false;
  }
}

/** @param {boolean} isSo @param {string} otherwise what is wrong */
export function demand(isSo, otherwise) {
  if (!isSo) throw new Error(`The installed app: ${otherwise}.`);
}
