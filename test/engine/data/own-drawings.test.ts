import { expect, it } from 'vitest';
import { OwnDrawings } from '../../../main/own-drawings.ts';
import { usualAppearance } from '../../../shared/appearance.ts';
import { loadDataset } from '../../support/datasets.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { memoryPreferences } from '../../support/memory-preferences.ts';

/** As large as a picture has to be. */
const SIDE = 28;
const image = (ink: number) => ({
  ...{ height: SIDE, width: SIDE, channels: 1 as const },
  pixels: Uint8Array.from({ length: SIDE * SIDE }, (_, k) => (k * ink) % 256),
});

it('a folder of own drawings is a data set like any other, pixel by pixel', async () => {
  const root = temporaryFolder();
  const own = new OwnDrawings(memoryPreferences(), {
    folderToKeepIn: () => Promise.resolve(root),
    folderToCopyTo: () => Promise.resolve(null),
    reveal: () => Promise.resolve(),
  });
  const kept = new Map<string, string[]>();
  for (const [k, folder] of ['3', '7', '3', '7', '3', '7', '3'].entries()) {
    const drawn = image(k + 1);
    const strokes = [[{ x: 1, y: 2, width: 24 }]];
    await own.carryOut({
      ...{ type: 'keep', folder, image: drawn, appearance: usualAppearance, strokes },
    });
    const pixels = Buffer.from(drawn.pixels).toString('base64');
    kept.set(folder, [...(kept.get(folder) ?? []), pixels]);
  }
  const data = await loadDataset(root, 1);
  expect(data).toMatchObject({ height: SIDE, width: SIDE, channels: 1, classNames: ['3', '7'] });
  const read = new Map<string, string[]>();
  for (const { images, labels, count } of [data.train, data.validation, data.test])
    for (let example = 0; example < count; example++) {
      const name = data.classNames[labels[example] ?? -1] ?? '';
      const at = example * SIDE * SIDE;
      const pixels = Buffer.from(images.subarray(at, at + SIDE * SIDE)).toString('base64');
      read.set(name, [...(read.get(name) ?? []), pixels]);
    }
  for (const [name, pixels] of kept) expect(read.get(name)?.sort()).toEqual(pixels.sort());
});
