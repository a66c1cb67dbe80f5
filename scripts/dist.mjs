import './setup/node-version.mjs';
import { lstatSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describe, main, SetupError } from './setup/failure.mjs';
import { appParts, appTargets, prepare } from './setup/index.mjs';
import { root } from './setup/places.mjs';
import { say } from './setup/progress.mjs';

const usage = `Usage: npm run dist -- [options] [TARGET…]

Packs the app with the Electron that set-up has brought, and makes of it what a person installs: all that can be
made on this system, or the targets that are named: nsis, dmg, AppImage, tar.gz, deb, rpm.

  --dir             only the folder that starts by itself
  --keep            makes the targets of the folder that an earlier run has left
  --output FOLDER   where to (release)
  --help            this text`;

/** Every file that a person may download begins so; the bill of materials goes with them. */
const RESULT = /^firstlayer[-_ ].*\.\w+$|\.cdx\.json$/i;

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      dir: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      output: { type: 'string', default: join(root, 'release') },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  await prepare(appParts, appTargets);
  const { electronVersion, wantedVersion } = await import('./setup/electron-path.mjs');
  const { makeTarget, pack, packedFolder, targets } = await import('./packing/targets.mjs');
  const unknown = positionals.find((name) => !targets.some((target) => target.name === name));
  if (unknown !== undefined)
    throw new SetupError(
      `There is no target ${unknown}.`,
      'npm run dist',
      `Name some of ${targets.map(({ name }) => name).join(', ')}, or none for all.`,
    );

  const output = resolve(values.output);
  if (!values.keep) {
    // What an earlier version left would be taken for this one's.
    await rm(output, { recursive: true, force: true });
    const code = await pack(output);
    if (code !== 0) return code;
  }
  const packed = packedFolder(output);
  say(`${packed}: ${megabytes(sizeOf(packed))}.`);
  if (electronVersion() !== wantedVersion())
    say(
      `It is for trying: Electron ${electronVersion()} is in it, which has known holes. Make what others get where Electron ${wantedVersion()} can be downloaded.`,
    );
  if (values.dir) return 0;

  const wanted = targets.filter(
    ({ name }) => positionals.length === 0 || positionals.includes(name),
  );
  let made = 0;
  let failed = 0;
  for (const target of wanted)
    try {
      const reason = await makeTarget(target, output);
      if (reason === null) made += 1;
      else say(`No ${target.what} (${target.name}): ${reason}.`);
    } catch (error) {
      // The others are made all the same.
      failed += 1;
      console.error(describe(error));
      say(`No ${target.what} (${target.name}): see above.`);
    }
  for (const name of ['.work', 'builder-debug.yml', 'builder-effective-config.yaml'])
    await rm(join(output, name), { recursive: true, force: true });
  for (const name of readdirSync(output).filter((each) => RESULT.test(each)))
    say(`${join(output, name)}: ${megabytes(sizeOf(join(output, name)))}.`);
  const own = wanted.filter(({ platform }) => platform === process.platform);
  return failed === 0 && (made > 0 || own.length === 0) ? 0 : 1;
});

/** @param {string} path @returns {number} bytes of a file, or of all files below a folder */
function sizeOf(path) {
  const status = lstatSync(path);
  if (!status.isDirectory()) return status.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
