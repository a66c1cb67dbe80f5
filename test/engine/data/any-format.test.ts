import { createHash } from 'node:crypto';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Dataset } from '../../../main/trainer/data/dataset.ts';
import { imageBytes } from '../../../main/trainer/data/raw-dataset.ts';
import { encodePng } from '../../../main/trainer/tensorflow/encode-png.ts';
import { loadDataset } from '../../support/datasets.ts';
import {
  DIGIT_NAMES,
  digitPictures,
  folderOf,
  type DigitPicture,
} from '../../support/digit-pictures.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { npy, npyTexts } from '../../support/numpy-files.ts';
import { tarOf } from '../../support/tar-writer.ts';
import { zipOf } from '../../support/zip-writer.ts';

/** The same real digits, in every format that is read, are the same dataset. */

const EACH = 6;
let grey: DigitPicture[];
let coloured: DigitPicture[];
beforeAll(async () => {
  grey = await digitPictures(EACH);
  coloured = await digitPictures(EACH, true);
});
beforeEach(() => vi.stubEnv('XDG_CACHE_HOME', temporaryFolder()));
afterEach(() => {
  vi.unstubAllEnvs();
});

const isTest = ({ path }: DigitPicture): boolean => path.startsWith('test/');
const file = (name: string, bytes: Uint8Array | string): string => {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
};

const asFiles = (pictures: readonly DigitPicture[]) =>
  pictures.map(({ path, png }) => ({ path, bytes: png }));
const asItems = (pictures: readonly DigitPicture[]) =>
  pictures.map(({ path, png }) => ({ name: `digits/${path}`, bytes: png }));

/** `digits/data.csv` names the pictures of a folder that says nothing of their classes. */
const namedByTable = (pictures: readonly DigitPicture[]): string => {
  const rows = pictures.map(({ path, label }, k) => {
    const part = isTest({ path } as DigitPicture) ? 'test' : 'train';
    return `images/${String(k)}.png,"${DIGIT_NAMES[label] ?? ''}",${part}`;
  });
  return folderOf([
    { path: 'data.csv', bytes: `file,label,split\n${rows.join('\n')}\n` },
    ...pictures.map(({ png }, k) => ({ path: `images/${String(k)}.png`, bytes: png })),
  ]);
};

const pixelTable = (pictures: readonly DigitPicture[]): string =>
  [
    `label,${Array.from({ length: pictures[0]!.pixels.length }, (_, k) => `pixel${String(k)}`).join(',')}`,
    ...pictures.map(({ label, pixels }) => `${DIGIT_NAMES[label] ?? ''},${pixels.join(',')}`),
  ].join('\n');

function arrays(pictures: readonly DigitPicture[], channels: number): Buffer {
  const parts = [
    ['train', pictures.filter((one) => !isTest(one))],
    ['test', pictures.filter(isTest)],
  ] as const;
  const items = parts.flatMap(([part, of]) => {
    const axes = channels === 1 ? [of.length, 28, 28] : [of.length, 28, 28, channels];
    return [
      { name: `x_${part}.npy`, bytes: npy(axes, Buffer.concat(of.map(({ pixels }) => pixels))) },
      {
        name: `y_${part}.npy`,
        bytes: npy(
          [of.length, 1],
          of.map(({ label }) => label),
          { type: 'i8' },
        ),
      },
    ];
  });
  return zipOf([...items, { name: 'class_names.npy', bytes: npyTexts(DIGIT_NAMES, 'U') }]);
}

type Writer = (pictures: readonly DigitPicture[], channels: number) => Promise<string> | string;
const formats: [string, Writer][] = [
  ['a folder of folders', (pictures) => folderOf(asFiles(pictures))],
  ['a zip archive of it', (pictures) => file('digits.zip', zipOf(asItems(pictures)))],
  ['a tar archive of it', async (pictures) => file('digits.tar', await tarOf(asItems(pictures)))],
  [
    'a .tar.gz of it',
    async (pictures) => file('digits.tar.gz', gzipSync(await tarOf(asItems(pictures)))),
  ],
  ['a table of file names and labels', namedByTable],
  [
    'tables of labels and pixels',
    (pictures) =>
      folderOf([
        { path: 'train.csv', bytes: pixelTable(pictures.filter((one) => !isTest(one))) },
        { path: 'test.csv', bytes: pixelTable(pictures.filter(isTest)) },
      ]),
  ],
  [
    'a zip of tables',
    (pictures) =>
      file(
        'tables.zip',
        zipOf([
          {
            name: 'my train.csv',
            bytes: Buffer.from(pixelTable(pictures.filter((one) => !isTest(one)))),
          },
          { name: 'my test.csv', bytes: Buffer.from(pixelTable(pictures.filter(isTest))) },
        ]),
      ),
  ],
  ['an NPZ file', (pictures, channels) => file('digits.npz', arrays(pictures, channels))],
];

/** Each example as its class's name and a hash of its pixels, sorted. */
function examplesIn(data: Dataset, part: 'train' | 'test'): string[] {
  const { images, labels, count } = data[part];
  const size = imageBytes(data);
  return Array.from({ length: count }, (_, n) =>
    keyOf(data.classNames[labels[n]!]!, images.subarray(n * size, (n + 1) * size)),
  ).sort();
}
const keyOf = (name: string, pixels: Uint8Array): string =>
  `${name} ${createHash('sha256').update(pixels).digest('hex')}`;
const wantedOf = (pictures: readonly DigitPicture[]): string[] =>
  pictures.map(({ label, pixels }) => keyOf(DIGIT_NAMES[label]!, pixels)).sort();

describe.each(formats)('%s', (_, write) => {
  it.each([1, 3])('gives each digit with its name, in %i channels', async (channels) => {
    const pictures = channels === 1 ? grey : coloured;
    const place = await write(pictures, channels);
    for (let time = 0; time < 2; time++) {
      // The second time from the cache.
      const data = await loadDataset(place, 0);
      expect([data.height, data.width, data.channels]).toEqual([28, 28, channels]);
      expect([...data.classNames].sort()).toEqual([...DIGIT_NAMES].sort());
      expect(examplesIn(data, 'train')).toEqual(wantedOf(pictures.filter((one) => !isTest(one))));
      expect(examplesIn(data, 'test')).toEqual(wantedOf(pictures.filter(isTest)));
    }
  });
});

describe('a folder of pictures', () => {
  it('is brought to another size and to grey where that is asked for', async () => {
    const place = folderOf(asFiles(coloured));
    const data = await loadDataset(place, 0, { imageSize: [14, 20], channels: 1, fit: 'stretch' });
    expect([data.height, data.width, data.channels]).toEqual([14, 20, 1]);
    expect(data.train.images).toHaveLength(data.train.count * 14 * 20);
    const other = await loadDataset(place, 0, { imageSize: [14, 20], channels: 1, fit: 'pad' });
    expect(other.hash).not.toBe(data.hash);
  });

  it('is read anew where one picture has changed', async () => {
    const place = folderOf(asFiles(grey));
    const before = await loadDataset(place, 0);
    const changed = join(place, grey[0]!.path);
    writeFileSync(changed, grey.at(-1)!.png);
    utimesSync(changed, new Date(), new Date(Date.now() + 5_000));
    const after = await loadDataset(place, 0);
    expect(after.hash).not.toBe(before.hash);
    expect(after.train.count).toBe(before.train.count);
  });

  const damaged: [string, string | Uint8Array, RegExp][] = [
    ['an empty file', '', /is empty/],
    ['a text file', 'these are no pixels, but words about them', /text/],
    ['a picture cut off', new Uint8Array(), /cut off/],
  ];
  it.each(damaged)('with %s is refused, or told without it', async (_, bytes, why) => {
    const bad = bytes.length > 0 || why.source !== 'cut off' ? bytes : grey[0]!.png.subarray(0, 90);
    const place = folderOf([
      ...asFiles(grey),
      { path: 'train/three/bad \u001b[31m.png', bytes: bad },
    ]);
    await expect(loadDataset(place, 0)).rejects.toThrow(why);
    await expect(loadDataset(place, 0)).rejects.toThrow(/three\/bad \\u\{1b\}\[31m\.png/);
    const data = await loadDataset(place, 0, { damaged: 'leave-out' });
    expect(examplesIn(data, 'train')).toEqual(wantedOf(grey.filter((one) => !isTest(one))));
    expect(data.findings.map(({ what }) => what).join()).toMatch(
      /1 of 81 pictures are left out: .*bad/,
    );
  });

  it('of several sizes is refused with the way out, and taken at one size', async () => {
    const pixels = Uint8Array.from({ length: 20 * 30 }, (_, k) => k % 251);
    const png = Buffer.from(await encodePng(pixels, 20, 30, 1));
    const place = folderOf([...asFiles(grey), { path: 'train/two/wide.png', bytes: png }]);
    await expect(loadDataset(place, 0)).rejects.toThrow(
      /two\/wide\.png cannot be taken: it is 20×30, where the first picture is 28×28; --image-size/,
    );
    const data = await loadDataset(place, 0, { imageSize: [28, 28] });
    expect(data.train.count).toBe(EACH * 10 + 1);
    // What had the size already keeps its pixels.
    expect(examplesIn(data, 'train')).toEqual(
      expect.arrayContaining(wantedOf(grey.filter((one) => !isTest(one)))),
    );
  });
});
