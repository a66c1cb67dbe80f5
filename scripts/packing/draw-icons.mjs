import '../setup/node-version.mjs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { electronArguments, electronExecutable } from '../setup/electron-path.mjs';
import { main } from '../setup/failure.mjs';
import { prepare } from '../setup/index.mjs';
import { withScreen } from '../testing/screen.mjs';
import { icns, ico } from './icon-files.mjs';

const resources = join(import.meta.dirname, 'resources');
const sizes = [16, 24, 32, 48, 64, 96, 128, 256, 512, 1024];
/** Windows' own sizes; larger ones it does not know. */
const inIco = [16, 24, 32, 48, 64, 128, 256];
/** What the kinds of picture in an .icns file are called, by their size in pixels. @type {[string, number][]} */
const inIcns = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
];
/** How much of a Mac's icon is the tile; the rest is a margin. */
const MAC_TILE = 824 / 1024;

// npm run icons: draws resources/icon.svg in every size, with the browser that the app has.
await main(async () => {
  await prepare(['packages', 'electron', 'desktop', 'screen'], []);
  const svg = await readFile(join(resources, 'icon.svg'), 'utf8');
  await withScreen(() => draw(svg), '1600x1400');
  return 0;
});

/** @param {string} svg */
async function draw(svg) {
  const { _electron } = await import('playwright');
  const app = await _electron.launch({
    executablePath: electronExecutable(),
    args: [
      ...electronArguments(),
      '--force-device-scale-factor=1',
      join(import.meta.dirname, 'drawing'),
    ],
  });
  const page = await app.firstWindow();
  /** @param {number} size @param {number} part of the picture that the tile fills */
  const picture = async (size, part) => {
    const margin = (16 / part - 16) / 2;
    const box = `${-margin} ${-margin} ${16 / part} ${16 / part}`;
    const sized = svg.replace(
      'viewBox="0 0 16 16"',
      `viewBox="${box}" width="${size}" height="${size}"`,
    );
    await page.setContent(`<style>body { margin: 0; } svg { display: block; }</style>${sized}`);
    return page.locator('svg').screenshot({ omitBackground: true });
  };
  const folder = join(resources, 'icons');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  /** @type {Map<number, Buffer>} */
  const pictures = new Map();
  for (const size of sizes) {
    const png = await picture(size, 1);
    pictures.set(size, png);
    await writeFile(join(folder, `${size}x${size}.png`), png);
  }
  await writeFile(
    join(resources, 'icon.ico'),
    ico(inIco.map((size) => ({ size, png: pictures.get(size) ?? Buffer.alloc(0) }))),
  );
  const kinds = [];
  for (const [kind, size] of inIcns) kinds.push({ kind, png: await picture(size, MAC_TILE) });
  await writeFile(join(resources, 'icon.icns'), icns(kinds));
  await app.close();
}
