import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { loadDataset } from '../../../../support/datasets.ts';
import type { Dataset } from '../../../../../main/trainer/data/dataset.ts';
import { FailureError, type Failure } from '../../../../../shared/ipc.ts';
import { four, idx, write, type TypeName } from './idx-files.ts';

const home = mkdtempSync(join(tmpdir(), 'firstlayer-types-'));
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

const LABELS = [3, 0, 9, 1];
const PIXELS = Uint8Array.from({ length: 4 * 9 }, (_, k) => (k * 29) % 256);
const plain: [Buffer, Buffer] = [idx([4, 3, 3], PIXELS), idx([4], LABELS)];

let made = 0;
const load = (images: Buffer, labels: Buffer): Promise<Dataset> =>
  loadDataset(write(join(home, String(made++)), four([images, labels], plain)), 0);

async function refusal(images: Buffer, labels: Buffer): Promise<Failure> {
  try {
    await load(images, labels);
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('it was taken');
}

const hash = (await load(...plain)).hash;

describe('the very same data are taken from', () => {
  it.each<TypeName>(['uint8', 'int8', 'int16', 'int32', 'float32', 'float64'])(
    'labels of %s',
    async (type) => {
      expect((await load(plain[0], idx([4], LABELS, type))).hash).toBe(hash);
    },
  );

  it.each<TypeName>(['int16', 'int32', 'float32', 'float64'])('images of %s', async (type) => {
    const images = idx([4, 3, 3], PIXELS, type);
    expect((await load(images, plain[1])).hash).toBe(hash);
    expect((await load(gzipSync(images), plain[1])).hash).toBe(hash);
  });

  it.each<TypeName>(['float32', 'float64'])('images from 0 to 1, of %s', async (type) => {
    const shares = Float64Array.from(PIXELS, (pixel) => pixel / 255);
    expect((await load(idx([4, 3, 3], shares, type), plain[1])).hash).toBe(hash);
  });

  it.each([[[4, 3, 3, 1]], [[4, 1, 3, 3]], [[4, 9]]])('images of the axes %j', async (dims) => {
    expect((await load(idx(dims, PIXELS), plain[1])).hash).toBe(hash);
  });

  it('labels of two axes, of which one is 1', async () => {
    expect((await load(plain[0], idx([4, 1], LABELS))).hash).toBe(hash);
  });

  it('files packed within packed ones', async () => {
    const twice = (file: Buffer): Buffer => gzipSync(gzipSync(file));
    expect((await load(twice(plain[0]), twice(plain[1]))).hash).toBe(hash);
  });
});

const swapped = (file: Buffer, header: number, bytes: number): Buffer => {
  const copy = Buffer.from(file);
  const values = copy.subarray(header);
  if (bytes === 4) values.swap32();
  else values.swap16();
  return copy;
};

describe('what is no such data is named for what it is, and not called damaged:', () => {
  it.each<[string, Buffer, Buffer, RegExp]>([
    [
      'colour whose channels may be the first axis or the last',
      idx([4, 3, 3, 3], new Uint8Array(108)),
      plain[1],
      /4×3×3×3 numbers of uint8, which may be channels, height and width, or/,
    ],
    [
      'four channels',
      idx([4, 5, 5, 4], new Uint8Array(400)),
      plain[1],
      /images of 4 channels, but Firstlayer reads images of one or three/,
    ],
    ['rows that make no square', idx([4, 10], new Uint8Array(40)), plain[1], /no square/],
    ['labels for images', plain[1], plain[1], /holds 4 numbers of uint8, one axis such as labels/],
    ['images for labels', plain[0], plain[0], /4×3×3 numbers of uint8, axes such as images have/],
    ['one-hot labels', plain[0], idx([4, 10], new Uint8Array(40)), /4×10 .* one-hot labels have/],
    [
      'normalised images',
      idx(
        [4, 3, 3],
        Float64Array.from(PIXELS, (pixel) => pixel / 127.5 - 1),
        'float64',
      ),
      plain[1],
      /values \(float64\) go from -1 to 0\.9\d+, but pixels go from 0 to 255/,
    ],
    [
      'bytes that were taken for signed ones',
      idx([4, 3, 3], Int8Array.from(PIXELS), 'int8'),
      plain[1],
      /values \(int8\) go from -\d+ to \d+/,
    ],
    [
      'pixels of 16 bits',
      idx([4, 3, 3], PIXELS.map(Number).fill(0), 'int16').fill(40, 16),
      plain[1],
      /go from 10280 to 10280/,
    ],
    [
      'pixels that are no numbers',
      idx([4, 3, 3], new Float64Array(36).fill(NaN), 'float32'),
      plain[1],
      /some are NaN/,
    ],
    ['halves', plain[0], idx([4], [0, 2.5, 1, 1], 'float32'), /Label number 1 is 2\.5 \(float32\)/],
    ['labels below 0', plain[0], idx([4], [0, -1, 1, 1], 'int8'), /Label number 1 is -1, but/],
    [
      'little-endian labels',
      plain[0],
      swapped(idx([4], LABELS, 'int32'), 8, 4),
      /would fit if the file were little-endian/,
    ],
    [
      'little-endian images',
      swapped(idx([4, 3, 3], PIXELS, 'int16'), 16, 2),
      plain[1],
      /would fit if the file were little-endian/,
    ],
  ])('%s', async (_, images, labels, what) => {
    const failure = await refusal(images, labels);
    expect(failure.what).toMatch(what);
    expect(JSON.stringify(failure)).not.toMatch(/damaged|should not happen/);
    expect(failure.where).toMatch(/train-(images|labels)-idx/);
  });
});

describe('labels that count from 1', () => {
  const black = (count: number): Buffer => idx([count, 2, 2], new Uint8Array(count * 4));
  const labels = (...values: number[]): Buffer => idx([values.length], values);
  const all = Array.from({ length: 10 }, (_, k) => k + 1);
  const loadLabels = (train: readonly number[], test: readonly number[]): Promise<Dataset> =>
    loadDataset(
      write(
        join(home, String(made++)),
        four([black(train.length), labels(...train)], [black(test.length), labels(...test)]),
      ),
      0,
    );

  it('to 10 are taken, each one less, and that is said', async () => {
    const data = await loadLabels(all, [10, 2]);
    expect([...data.train.labels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([...data.test.labels]).toEqual([9, 1]);
    expect(data.findings[0]?.what).toMatch(/^The labels count from 1/);
  });

  it('to 26 are taken, though one lacks', async () => {
    const { train, test, classNames } = await loadLabels([...all, 26, 12, 13], [11]);
    expect([...train.labels.slice(9)]).toEqual([9, 25, 11, 12]);
    expect([[...test.labels], classNames.length]).toEqual([[10], 26]);
  });

  it('in one file, and from 0 in the other, count from 0', async () => {
    const { train, test, classNames } = await loadLabels(all, [0]);
    expect([...train.labels]).toEqual(all);
    expect([[...test.labels], classNames.length]).toEqual([[0], 11]);
  });

  it('as far as 9 are taken as they are: class 0 lacks', async () => {
    const data = await loadLabels(all.slice(0, 9), [1]);
    expect([...data.train.labels]).toEqual(all.slice(0, 9));
    expect(data.findings.map(({ what }) => what)).toContain(
      'There is no training image of class 0.',
    );
    expect(data.findings.map(({ remedy }) => remedy).join()).toMatch(/count from 1/);
  });
});
