import { constants, existsSync } from 'node:fs';
import { chmod, copyFile, cp, link, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { listFiles } from '../setup/cache.mjs';

/** Where the packed app's program is in its folder. */
export const executableIn = (/** @type {string} */ folder) =>
  join(
    folder,
    { darwin: 'Firstlayer.app/Contents/MacOS/Firstlayer', win32: 'Firstlayer.exe' }[
      /** @type {string} */ (process.platform)
    ] ?? 'firstlayer',
  );

/**
 * A copy of the packed app that Playwright can drive: it needs Node's inspector, which the app itself does not have. Nothing else is
 * different, and all files but the program are the same.
 * @param {string} packed folder
 * @param {string} folder that does not exist yet, on the same disk
 * @returns {Promise<string>} its program
 */
export async function drivenCopy(packed, folder) {
  const program = executableIn(folder);
  if (process.platform === 'darwin')
    await cp(packed, folder, { recursive: true, verbatimSymlinks: true });
  else
    for (const path of Object.keys(listFiles(packed))) {
      const [from, to] = [join(packed, path), join(folder, path)];
      await mkdir(dirname(to), { recursive: true });
      if (to === program) await copyFile(from, to, constants.COPYFILE_FICLONE);
      else await link(from, to);
    }
  if (!existsSync(program)) throw new Error(`There is no packed app in ${packed}.`);
  await makeDrivable(program);
  return program;
}

/**
 * Puts such a program beside the installed one, on Linux; the caller removes it.
 * @param {string} folder of the installed app
 */
export async function drivenProgramIn(folder) {
  const program = `${executableIn(folder)}-driven`;
  await copyFile(executableIn(folder), program);
  await chmod(program, 0o755);
  await makeDrivable(program);
  return program;
}

/** @param {string} program */
const makeDrivable = (program) =>
  flipFuses(program, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    resetAdHocDarwinSignature: process.platform === 'darwin' && process.arch === 'arm64',
  });
