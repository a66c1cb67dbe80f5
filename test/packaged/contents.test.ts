import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foundationLicences } from '../../scripts/packing/foundations.mjs';
import { packablePackages } from '../../scripts/packing/packable-packages.mjs';
import { archived } from '../../scripts/setup/asar.mjs';
import { listFiles } from '../../scripts/setup/cache.mjs';
import { languages } from '../../shared/language.ts';
import { packedFolder } from './packed-app.ts';

const files = listFiles(packedFolder);
const paths = Object.keys(files);
const below = (end: string): string =>
  join(packedFolder, paths.find((path) => path.replaceAll('\\', '/').endsWith(end)) ?? end);
const inArchive = archived(readFileSync(below('/app.asar')));

test.runIf(process.platform === 'linux')('it takes at most 850 MB', () => {
  const sum = Object.values(files).reduce((all, size) => all + size, 0);
  expect(sum).toBeLessThanOrEqual(850e6);
});

test('it holds what runs and nothing that only a maker needs', () => {
  const all = [...paths, ...inArchive.keys()];
  expect(all.filter((path) => /\.(map|ts|h|hpp|cc|py|pyc|gyp|md)$/.test(path))).toEqual([]);
  expect(all.filter((path) => /(^|\/)(test|tests|include)\//.test(path))).toEqual([]);
  expect(all.filter((path) => path.endsWith('-ubyte')).length).toBe(4);
  for (const program of ['main/index.js', 'trainer/train.js', 'renderer/index.html'])
    expect(inArchive.has(`dist/${program}`), program).toBe(true);
});

test('the languages of the app are there, and no others', () => {
  const pattern = /locales[/\\]([a-z]+)[^/\\]*\.pak$|([a-z]+)[^/\\]*\.lproj[/\\]locale\.pak$/;
  const there = paths.flatMap((path) => pattern.exec(path)?.slice(1).filter(Boolean) ?? []);
  expect(new Set(there)).toEqual(new Set(languages));
  for (const language of languages.filter((each) => each !== 'en'))
    expect(inArchive.has(`dist/renderer/${language}/index.html`), language).toBe(true);
});

test('the licences of all that is in it are in it', () => {
  const text = readFileSync(below('licenses/LICENSES.txt'), 'utf8');
  const packages = [...inArchive.keys()].flatMap(
    (path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1] ?? [],
  );
  expect(packages.length).toBeGreaterThan(30);
  for (const name of [
    ...packages,
    'Electron',
    'Chromium',
    'Node.js',
    'TensorFlow',
    'MNIST',
    'svelte',
  ])
    expect(text, name).toMatch(new RegExp(`^${name.replaceAll(/[.+]/g, '\\$&')} \\d`, 'm'));
  expect(paths.some((path) => path.endsWith('LICENSES.chromium.html'))).toBe(true);
});

test('the bill of materials lies beside it', () => {
  const folder = join(packedFolder, '..');
  const name = readdirSync(folder).find((each) => each.endsWith('.cdx.json'));
  const bill = JSON.parse(readFileSync(join(folder, name!), 'utf8')) as {
    bomFormat: string;
    components: { name: string }[];
  };
  expect(bill.bomFormat).toBe('CycloneDX');
  const names = bill.components.map((each) => each.name);
  // Else the licence of one would not be looked at by the unit tests.
  const known = [...foundationLicences, ...packablePackages()].map(({ name: each }) => each);
  expect(names.filter((each) => !known.includes(each))).toEqual([]);
  expect(names).toEqual(expect.arrayContaining(['Electron', 'TensorFlow', 'svelte', 'valibot']));
});
