import { expect, it } from 'vitest';
import { OwnDrawings } from '../../../main/own-drawings.ts';
import { usualAppearance } from '../../../shared/appearance.ts';
import { loadDataset } from '../../support/datasets.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { memoryPreferences } from '../../support/memory-preferences.ts';

/** As large as a picture has to be. */
const SIDE = 28;
const image = (ink: number, channels: 1 | 3) => ({
  ...{ height: SIDE, width: SIDE, channels },
  pixels: Uint8Array.from({ length: SIDE * SIDE * channels }, (_, k) => (k * ink) % 256),
});
const drawn = { appearance: usualAppearance, strokes: [[{ x: 1, y: 2, width: 24 }]] };

it.each([
  { what: 'drawings', channels: 1 as const },
  { what: 'colour pictures', channels: 3 as const },
])('a folder of own $what is a data set like any other, pixel by pixel', async ({ channels }) => {
  const root = temporaryFolder();
  const own = new OwnDrawings(memoryPreferences(), {
    folderToKeepIn: () => Promise.resolve(root),
    folderToCopyTo: () => Promise.resolve(null),
    reveal: () => Promise.resolve(),
  });
  const kept = new Map<string, string[]>();
  for (const [k, folder] of ['3', '7', '3', '7', '3', '7', '3'].entries()) {
    const kind = channels === 1 ? drawn : null;
    const one = image(k + 1, channels);
    await own.carryOut({ type: 'keep', folder, image: one, drawn: kind });
    const pixels = Buffer.from(one.pixels).toString('base64');
    kept.set(folder, [...(kept.get(folder) ?? []), pixels]);
  }
  const data = await loadDataset(root, 1);
  expect(data).toMatchObject({ height: SIDE, width: SIDE, channels, classNames: ['3', '7'] });
  const read = new Map<string, string[]>();
  for (const { images, labels, count } of [data.train, data.validation, data.test])
    for (let example = 0; example < count; example++) {
      const name = data.classNames[labels[example] ?? -1] ?? '';
      const size = SIDE * SIDE * channels;
      const at = example * size;
      const pixels = Buffer.from(images.subarray(at, at + size)).toString('base64');
      read.set(name, [...(read.get(name) ?? []), pixels]);
    }
  for (const [name, pixels] of kept) expect(read.get(name)?.sort()).toEqual(pixels.sort());
});
