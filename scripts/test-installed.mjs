import './setup/node-version.mjs';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, cp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { apt, rpmWith } from './packing/package-managers.mjs';
import { demand, useTerminal, useWindow } from './packing/use-installed.mjs';
import { main, SetupError } from './setup/failure.mjs';
import { appParts, appTargets, prepare } from './setup/index.mjs';
import { root } from './setup/places.mjs';
import { say } from './setup/progress.mjs';
import { answers, must } from './setup/run.mjs';
import { withScreen } from './testing/screen.mjs';

const usage = `Usage: npm run test:installed -- [options] [FORM…]

Tries what a person installs, as a new user with an empty home, without a network and without Node: opens it, trains,
reads a digit, quits, goes on; and trains in the terminal, where it then tries the other programs. Forms: deb and rpm, which are
installed and removed again; tar.gz and folder, which are started in a read-only folder with spaces and other letters in
its path.
Needs Linux and root, and what npm run dist has made.

  --output FOLDER   where that is (release)
  --help            this text`;

const NAME = 'firstlayer';
const PLACE = '/opt/Firstlayer';
/** What a person's home may hold afterwards: their run, settings, and caches of the app's and the desktop's own. */
const ownFolders = ['my run', '.config', '.cache', 'firstlayer', 'mesa_shader_cache', 'fontconfig'];

/** @typedef {import('./packing/package-managers.mjs').PackageManager} PackageManager */

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      output: { type: 'string', default: join(root, 'release') },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new SetupError(
      'Packages are installed and users made by root, on Linux.',
      'npm run test:installed',
      'Run it as root in a container or a virtual machine.',
    );
  await prepare([...appParts, 'screen'], appTargets);
  const output = resolve(values.output);
  /** @type {Record<string, (output: string) => Promise<void>>} */
  const forms = {
    deb: (from) => tryPackage('deb', apt, from),
    rpm: tryRpm,
    'tar.gz': tryArchive,
    folder: tryFolder,
  };
  const wanted = positionals.length > 0 ? positionals : Object.keys(forms);
  for (const name of wanted) {
    const form = forms[name];
    if (!form) throw new SetupError(`There is no form ${name}.`, 'npm run test:installed', usage);
    await withScreen(() => form(output));
    say(`${name}: works, and is gone again.`);
  }
  return 0;
});

/** @param {string} output @param {RegExp} pattern @param {string} target */
function made(output, pattern, target) {
  const name = existsSync(output)
    ? readdirSync(output).find((each) => pattern.test(each))
    : undefined;
  if (name !== undefined) return join(output, name);
  throw new SetupError(
    `There is no ${target} to try.`,
    output,
    `Make it: npm run dist -- ${target === 'folder' ? '--dir' : target}.`,
  );
}

/** @param {string} output */
async function tryRpm(output) {
  const list = mkdtempSync(join(tmpdir(), 'firstlayer-rpm-'));
  try {
    await tryPackage('rpm', rpmWith(list), output);
  } finally {
    await rm(list, { recursive: true, force: true });
  }
}

/** @param {string} form @param {PackageManager} manager @param {string} output */
async function tryPackage(form, manager, output) {
  const file = made(output, manager.file, form);
  if (!answers(...manager.known))
    throw new SetupError(
      `This system has no ${manager.known[0]}.`,
      `npm run test:installed -- ${form}`,
      'Install it (Debian has both), or name the other forms.',
    );
  if (existsSync(PLACE))
    throw new SetupError(
      'Firstlayer is installed on this computer already.',
      PLACE,
      'Remove it, or run this elsewhere: the test would remove it.',
    );
  const { leftBehind, systemFiles } = await import('./packing/left-behind.mjs');
  const { withOrdinaryUser } = await import('./packing/ordinary-user.mjs');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const before = systemFiles();
  await must('Installing', ...manager.install(file), { env });
  try {
    const entry = readFileSync('/usr/share/applications/firstlayer.desktop', 'utf8');
    demand(/^Icon=firstlayer$/m.test(entry), 'the desktop entry names no icon');
    demand(
      (statSync(join(PLACE, 'chrome-sandbox')).mode & 0o7777) === 0o4755,
      'the sandbox’s helper lacks its rights',
    );
    await withOrdinaryUser(async (user) => {
      await useTerminal(user, '/usr/bin/firstlayer', manager.trainsWhole);
      await useWindow(user, PLACE, true);
      const home = readdirSync(user.home);
      const cache = home.includes('.cache') ? readdirSync(join(user.home, '.cache')) : [];
      const strange = [...home, ...cache].filter((name) => !ownFolders.includes(name));
      demand(strange.length === 0, `the person’s home holds ${strange.join(', ')}`);
    });
  } finally {
    await must('Removing', ...manager.remove, { env });
  }
  const left = leftBehind(before);
  demand(left.length === 0, `after its removal there is ${left.slice(0, 5).join(', ')}`);
}

/** @param {string} output */
function tryArchive(output) {
  const file = made(output, /\.tar\.gz$/, 'tar.gz');
  return inStrangeFolder((folder) =>
    must('Unpacking', 'tar', ['xzf', file, '-C', folder, '--strip-components=1']),
  );
}

/** @param {string} output */
function tryFolder(output) {
  const packed = made(output, /^linux(-.*)?-unpacked$/, 'folder');
  return inStrangeFolder((folder) => cp(packed, folder, { recursive: true }));
}

/** @param {(folder: string) => Promise<unknown>} fill */
async function inStrangeFolder(fill) {
  const { withOrdinaryUser } = await import('./packing/ordinary-user.mjs');
  const temporary = mkdtempSync(join(tmpdir(), 'firstlayer-installed-'));
  const folder = join(temporary, 'Größe & 数字 “mine”');
  try {
    await chmod(temporary, 0o755);
    await mkdir(folder);
    await fill(folder);
    await must('Protecting', 'chmod', ['-R', 'a-w,a+rX', folder]);
    await withOrdinaryUser(async (user) => {
      await useTerminal(user, join(folder, NAME), false);
      await useWindow(user, folder, false);
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
