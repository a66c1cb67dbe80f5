import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readDrawings } from '../../../main/trainer/data/drawings/read-drawings.ts';
import { unwatched } from '../../../main/trainer/data/raw-dataset.ts';
import { decodePicture } from '../../../main/trainer/tensorflow/picture-decoder.ts';
import { lookingLike, usualAppearance } from '../../../shared/appearance.ts';
import { seedRun } from '../../../shared/presets.ts';
import { loadDataset } from '../../support/datasets.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { DRAWN_SIDE, drawnPixels, keepIn } from '../../support/kept-drawings.ts';

const tools = { decode: decodePicture, watch: unwatched };

it.each([
  { what: 'drawings', channels: 1 as const },
  { what: 'colour pictures', channels: 3 as const },
])('a folder of own $what is a data set like any other, pixel by pixel', async ({ channels }) => {
  const root = temporaryFolder();
  const keep = keepIn(root);
  const kept = new Map<string, string[]>();
  for (const [k, folder] of ['3', '7', '3', '7', '3', '7', '3'].entries()) {
    const pixels = drawnPixels(k, { channels });
    await keep(folder, pixels, { channels });
    kept.set(folder, [...(kept.get(folder) ?? []), Buffer.from(pixels).toString('base64')]);
  }
  const data = await loadDataset(root, 1);
  expect(data).toMatchObject({
    ...{ height: DRAWN_SIDE, width: DRAWN_SIDE, channels, classNames: ['3', '7'] },
  });
  const read = new Map<string, string[]>();
  for (const { images, labels, count } of [data.train, data.validation, data.test])
    for (let example = 0; example < count; example++) {
      const name = data.classNames[labels[example] ?? -1] ?? '';
      const size = DRAWN_SIDE * DRAWN_SIDE * channels;
      const at = example * size;
      const pixels = Buffer.from(images.subarray(at, at + size)).toString('base64');
      read.set(name, [...(read.get(name) ?? []), pixels]);
    }
  for (const [name, pixels] of kept) expect(read.get(name)?.sort()).toEqual(pixels.sort());
});

it('drawings are read like the images that they are to stand among; what cannot be is named', async () => {
  const root = temporaryFolder();
  const keep = keepIn(root);
  const upright = drawnPixels(3);
  const looks = { transposed: true, inverted: true };
  const asKept = lookingLike(
    upright,
    { height: DRAWN_SIDE, width: DRAWN_SIDE },
    {
      ...usualAppearance,
      ...looks,
    },
  );
  await keep('1', asKept, looks);
  await keep('class-2', drawnPixels(5, { side: 14 }), { side: 14 });
  await keep('0', drawnPixels(7));
  await keep('elsewhere', drawnPixels(8));
  const form = {
    ...{ height: DRAWN_SIDE, width: DRAWN_SIDE, channels: 1 as const },
    ...{ classNames: ['0', '1', 'a/b'], appearance: usualAppearance },
  };
  const read = (damaged: 'refuse' | 'leave-out', folder = root, classNames = form.classNames) =>
    readDrawings(folder, { ...form, classNames }, { ...seedRun().data, damaged }, tools);
  const { examples, ids, findings } = await read('refuse');
  const whats = (all: typeof findings) => all.map(({ what }) => what);
  expect([examples.count, new Set(ids).size]).toEqual([3, 3]);
  expect([...examples.labels].sort()).toEqual([0, 1, 2]);
  const at = examples.labels.indexOf(1) * DRAWN_SIDE ** 2;
  expect([...examples.images.subarray(at, at + DRAWN_SIDE ** 2)]).toEqual([...upright]);
  expect(whats(findings)).toEqual([
    '1 drawing is left out, of classes that there are not here: elsewhere.',
    '1 drawing is brought to 28×28.',
    '1 drawing is turned or inverted, for these images look another way.',
  ]);
  const bad = join(root, '0', '2026-01-01-000000-00000000.png');
  writeFileSync(bad, 'no picture');
  await expect(read('refuse')).rejects.toMatchObject({
    failure: {
      what: 'This drawing cannot be taken: it is text; PNG, JPEG, BMP and GIF are read.',
      where: bad,
    },
  });
  const { examples: rest, findings: left } = await read('leave-out');
  expect([rest.count, whats(left).at(-1)]).toEqual([
    3,
    expect.stringMatching(/^1 of 4 drawings cannot be read and is left out: 0\/2026-01-01/),
  ]);
  await expect(read('refuse', join(root, 'gone'))).rejects.toThrow('cannot be read');
  await expect(read('refuse', root, ['cat', 'dog'])).rejects.toThrow(
    'The 5 drawings in this folder are of no class that there is here: cat, dog.',
  );
  await expect(read('refuse', temporaryFolder())).rejects.toThrow('no drawings of yours');
});
