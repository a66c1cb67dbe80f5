import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { create } from 'tar';
import { readJson } from '../setup/json.mjs';
import { root } from '../setup/places.mjs';

/**
 * Makes the .tar.gz of the packed app: one folder, named as the archive is. electron-builder would fetch a program for it from GitHub.
 * @param {string} unpacked folder of the packed app
 * @param {string} output folder
 */
export async function makeArchive(unpacked, output) {
  const { productName, version } = /** @type {{ productName: string, version: string }} */ (
    readJson(join(root, 'package.json'))
  );
  const name = `${productName}-${version}-${process.platform}-${process.arch}`;
  await create(
    {
      file: join(output, `${name}.tar.gz`),
      gzip: { level: 9 },
      cwd: unpacked,
      prefix: name,
      // Who packed it is nobody's business.
      portable: true,
    },
    readdirSync(unpacked).sort(),
  );
}
