import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodePng } from '../../../main/trainer/tensorflow/encode-png.ts';
import type { DatasetRequestOf } from '../../../shared/dataset-requests.ts';
import { seedRun } from '../../../shared/presets.ts';
import { askedReader } from '../../support/asked-reader.ts';
import { nothingAugmented } from '../../support/nothing-augmented.ts';
import { DIGIT_NAMES, digitPictures, folderOf } from '../../support/digit-pictures.ts';
import { temporaryFolder } from '../../support/folders.ts';

/** What the window is answered of a folder of real digits in colour. */

const EACH = 12;
let dataset: string;
let cache: string | undefined;

beforeAll(async () => {
  cache = process.env.XDG_CACHE_HOME;
  process.env.XDG_CACHE_HOME = temporaryFolder();
  const pictures = await digitPictures(EACH, true);
  dataset = folderOf(pictures.map(({ path, png }) => ({ path, bytes: png })));
  // The first training picture of a seven is in the test, too.
  const seven = pictures.find(({ path }) => path.startsWith('train/seven/'))!;
  writeFileSync(join(dataset, 'test/seven/copy.png'), seven.png);
});
afterAll(() => {
  if (cache === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = cache;
});

const dataOf = (changes: Partial<ReturnType<typeof seedRun>['data']> = {}) => ({
  ...seedRun().data,
  dataset,
  validationSize: 20,
  ...changes,
});

describe('a folder that is opened', () => {
  it('is counted by part and class', async () => {
    const opened = await askedReader().answer({ type: 'open', data: dataOf() });
    expect(opened).toMatchObject({ height: 28, width: 28, channels: 3 });
    expect(opened.classNames).toEqual([...DIGIT_NAMES].sort());
    const seven = opened.classNames.indexOf('seven');
    expect(opened.counts.train).toEqual(Array(10).fill(EACH - 2));
    expect(opened.counts.validation).toEqual(Array(10).fill(2));
    expect(opened.counts.test[seven]).toBe(EACH / 3 + 1);
  });

  it('shows the pixels of its images, of one class too, by pages', async () => {
    const { answer } = askedReader();
    await answer({ type: 'open', data: dataOf() });
    const page = await answer({
      ...{ type: 'examples', part: 'train', label: 3, from: 4, most: 3 },
    } as const);
    expect(page.total).toBe(EACH - 2);
    expect(page.examples.map(({ label }) => label)).toEqual([3, 3, 3]);
    expect(page.pixels).toHaveLength(3 * 28 * 28 * 3);
    expect(page.pixels.some((byte) => byte > 200)).toBe(true);
  });

  it('tells which test image is a copy of one that is trained on', async () => {
    const { answer } = askedReader();
    const { classNames } = await answer({ type: 'open', data: dataOf({ validationSize: 0 }) });
    const { pairs, pixels } = await answer({ type: 'alike', most: 5 });
    expect(pairs[0]).toMatchObject({
      difference: 0,
      test: { label: classNames.indexOf('seven') },
      train: { label: classNames.indexOf('seven') },
    });
    const size = 28 * 28 * 3;
    expect(pixels.subarray(0, size)).toEqual(pixels.subarray(size, 2 * size));
  });
});

describe('what each fit makes of a picture', () => {
  it('is told of the first of another shape than the images’', async () => {
    const wide = new Uint8Array(10 * 40 * 3).fill(255);
    const place = folderOf([
      { path: 'a/1.png', bytes: Buffer.from(await encodePng(wide.subarray(0, 1200), 20, 20, 3)) },
      { path: 'a/2.png', bytes: Buffer.from(await encodePng(wide, 10, 40, 3)) },
      { path: 'b/1.png', bytes: Buffer.from(await encodePng(wide.subarray(0, 1200), 20, 20, 3)) },
    ]);
    const { picture } = await askedReader().answer({
      type: 'fit',
      data: dataOf({ dataset: place, imageSize: [16, 16], background: '#102030' }),
    });
    expect(picture).toMatchObject({ path: 'a/2.png', stored: { height: 10, width: 40 } });
    const corner = (fit: string): number[] => [
      ...picture!.examples.find((example) => example.fit === fit)!.pixels.subarray(0, 3),
    ];
    expect(corner('pad')).toEqual([0x10, 0x20, 0x30]);
    expect(corner('crop')).toEqual([255, 255, 255]);
    expect(corner('stretch')).toEqual([255, 255, 255]);
  });

  it('is nothing where the data are no picture files', async () => {
    const { arePictures, picture } = await askedReader().answer({
      type: 'fit',
      data: dataOf({ dataset: 'mnist' }),
    });
    expect([arePictures, picture]).toEqual([false, null]);
  });

  it('is told of the next where the first is cut off', async () => {
    const side = Buffer.from(await encodePng(new Uint8Array(12 * 12).fill(9), 12, 12, 1));
    const place = folderOf([
      { path: 'a/1.png', bytes: side.subarray(0, side.length - 20) },
      { path: 'a/2.png', bytes: side },
      { path: 'b/1.png', bytes: side.subarray(0, side.length - 20) },
    ]);
    const { arePictures, picture } = await askedReader().answer({
      type: 'fit',
      data: dataOf({ dataset: place }),
    });
    expect(arePictures).toBe(true);
    expect(picture).toMatchObject({ path: 'a/2.png' });
  });
});

describe('samples of a folder, augmented', () => {
  const augmentation = { ...nothingAugmented, flip: true, brightness: 0.2 };
  const asked = (data: ReturnType<typeof dataOf>): DatasetRequestOf<'augmented'> => ({
    ...{ type: 'augmented', data, seed: 1, step: 0, most: 12 },
  });

  it('are in colour, one of each class by its name, with what is told of the data', async () => {
    const { answer } = askedReader();
    const data = dataOf({ augmentation });
    const shown = await answer(asked(data));
    expect(shown).toMatchObject({ height: 28, width: 28, channels: 3 });
    expect(shown.examples.map(({ name }) => name)).toEqual([...DIGIT_NAMES].sort());
    expect(shown.counts).toMatchObject({ train: 10 * (EACH - 2), validation: 20 });
    expect(shown.augmented).toHaveLength(shown.pixels.length);
    expect(shown.augmented).not.toEqual(shown.pixels);
    expect(shown.findings).toEqual((await answer({ type: 'open', data })).findings);
  });

  it('leave what is open as it is', async () => {
    const { answer } = askedReader();
    await answer({ type: 'open', data: dataOf() });
    const page = { type: 'examples', part: 'train', label: null, from: 0, most: 5 } as const;
    const before = await answer(page);
    await answer(asked(dataOf({ dataset: 'mnist', augmentation })));
    expect(await answer(page)).toEqual(before);
  });

  it('are not read beside data that are opened', async () => {
    const { ask } = askedReader();
    const data = dataOf({ imageSize: [44, 44], augmentation });
    const [samples, opened] = [ask(asked(data)), ask({ type: 'open', data })];
    expect((await samples).type).toBe('stopped');
    expect((await opened).type).toBe('answer');
  });

  it('are few where they are large', async () => {
    const { examples } = await askedReader().answer(asked(dataOf({ imageSize: [290, 290] })));
    expect(examples).toHaveLength(7);
  });
});

describe('reading', () => {
  it('is told of, and stopped; a newer request takes its place', async () => {
    const { service, events, ask, answer } = askedReader();
    const data = dataOf({ imageSize: [60, 60] });
    const first = ask({ type: 'open', data });
    const second = ask({ type: 'open', data });
    expect((await first).type).toBe('stopped');
    service.handle({ type: 'stop' });
    expect((await second).type).toBe('stopped');
    await answer({ type: 'open', data });
    expect(events.some(({ type }) => type === 'reading')).toBe(true);
  });

  it('of what is not there is refused by its name; then there is nothing to show', async () => {
    const { refusal } = askedReader();
    const missing = join(dataset, 'missing');
    expect(await refusal({ type: 'open', data: dataOf({ dataset: missing }) })).toMatchObject({
      where: missing,
    });
    expect((await refusal({ type: 'alike', most: 1 })).what).toContain('No dataset is open');
  });

  it('knows the sets that have a name, and whether they are here', async () => {
    const { sets } = await askedReader().answer({ type: 'sets' });
    expect(sets.find(({ name }) => name === 'mnist')).toMatchObject({ isHere: true, from: null });
    expect(sets.find(({ name }) => name === 'cifar-10')).toMatchObject({
      isHere: false,
      from: { host: 'www.cs.toronto.edu' },
    });
  });
});
