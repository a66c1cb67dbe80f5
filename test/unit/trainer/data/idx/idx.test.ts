import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { unpacked } from '../../../../../main/trainer/data/gunzip.ts';
import { parseIdx, readIdx } from '../../../../../main/trainer/data/idx/idx.ts';
import { loadDataset } from '../../../../support/datasets.ts';
import { idxFile } from '../../../../support/idx-files.ts';
import { FailureError } from '../../../../../shared/ipc.ts';

// A bomb takes seconds to make.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'firstlayer-idx-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const images = (count: number): Buffer =>
  idxFile([count, 28, 28], new Uint8Array(count * 784).fill(7));
const labels = (...values: number[]): Buffer => idxFile([values.length], Uint8Array.from(values));

function file(name: string, content: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** A dataset folder with these four files. */
function dataset(name: string, train: [Buffer, Buffer], test: [Buffer, Buffer]): string {
  const path = mkdtempSync(join(folder, name));
  writeFileSync(join(path, 'train-images-idx3-ubyte'), train[0]);
  writeFileSync(join(path, 'train-labels-idx1-ubyte'), train[1]);
  writeFileSync(join(path, 't10k-images-idx3-ubyte'), test[0]);
  writeFileSync(join(path, 't10k-labels-idx1-ubyte'), test[1]);
  return path;
}

describe('an IDX file', () => {
  it('is read plain and gzipped', async () => {
    const plain = idxFile([2, 3], Uint8Array.from([1, 2, 3, 4, 5, 6]));
    for (const path of [
      file('plain', plain),
      file('zipped.gz', gzipSync(plain)),
      file('zipped-twice.gz', gzipSync(gzipSync(plain))),
      file('zipped-thrice.gz', gzipSync(gzipSync(gzipSync(plain)))),
    ]) {
      const { dims, type, raw } = await readIdx(path);
      expect([type.name, ...dims]).toEqual(['uint8', 2, 3]);
      expect([...raw]).toEqual([1, 2, 3, 4, 5, 6]);
    }
  });

  it.each([
    ['is empty', Buffer.alloc(0), /empty/],
    ['is too short', Buffer.from([0, 0, 8]), /3 bytes, too few/],
    ['has another magic number', idxFile([3], Uint8Array.of(1, 2, 3)).fill(1, 2, 3), /begins with/],
    [
      'has a type that IDX has not',
      idxFile([3], Uint8Array.of(1, 2, 3)).fill(10, 2, 3),
      /begins with/,
    ],
    ['is little-endian', Buffer.from('01080000030000000102030', 'hex'), /little-endian/],
    ['has more axes than images', idxFile([1, 1, 1, 1, 1], Uint8Array.of(1)), /has 5 axes/],
    ['is NumPy’s', Buffer.from('\x93NUMPY\x01\x00v\x00{', 'latin1'), /as a NumPy array/],
    ['is a page of the web', Buffer.from('<!DOCTYPE html><html>'), /as a web page does/],
    ['is packed NumPy', gzipSync(Buffer.from('\x93NUMPY\x01', 'latin1')), /as a NumPy array/],
    [
      'is packed too often',
      gzipSync(gzipSync(gzipSync(gzipSync(labels(1, 2, 3))))),
      /packed with gzip more than 3 times/,
    ],
    ['is damaged within gzip', gzipSync(gzipSync(labels(1, 2)).subarray(0, 20)), /cannot be unpa/],
    [
      'has fewer numbers of four bytes than it says',
      Buffer.concat([Buffer.from([0, 0, 12, 1, 0, 0, 0, 2]), Buffer.alloc(4)]),
      /2 numbers of int32 = 8 bytes, but 4 follow/,
    ],
    ['is truncated', labels(1, 2, 3).subarray(0, 9), /3 = 3 bytes, but 1 follow/],
    ['is too long', Buffer.concat([labels(1), Buffer.from([9])]), /1 = 1 bytes, but 2 follow/],
    [
      'promises what no disk holds',
      idxFile([0xffffffff], Uint8Array.of(1)),
      /4294967295 bytes, but 1/,
    ],
    ['is damaged gzip', gzipSync(labels(1, 2, 3)).subarray(0, 20), /cannot be unpacked/],
  ])('that %s is named, with its path', async (name, content, what) => {
    const path = file(name.replaceAll(' ', '-'), content);
    const error: unknown = await readIdx(path).catch((thrown: unknown) => thrown);
    if (!(error instanceof FailureError)) throw new Error('it was taken');
    expect(error.failure.what).toMatch(what);
    expect(error.failure.where).toBe(path);
    expect(error.failure.remedy).not.toBe('');
  });

  it('that is a bomb is refused before it is unpacked', async () => {
    // A quarter of a gigabyte of zeros in a megabyte; the header says three labels, or far too much.
    const zeros = Buffer.alloc(2 ** 24);
    const bomb = (header: Buffer): Buffer =>
      gzipSync(Buffer.concat([header, ...Array.from({ length: 16 }, () => zeros)]), { level: 1 });
    for (const [header, what] of [
      [labels(1, 2, 3), /3 = 3 bytes, but more follow/],
      [Buffer.from([0, 0, 8, 1, 255, 255, 255, 255]), /the most taken is/],
    ] as const) {
      const packed = bomb(header);
      for (const path of [file('bomb', packed), file('bomb-in-gzip', gzipSync(packed))]) {
        const before = process.memoryUsage().arrayBuffers;
        await expect(readIdx(path)).rejects.toThrow(what);
        expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24);
      }
    }
  });

  it('packed within what unpacks to too much is refused', async () => {
    const inner = gzipSync(Buffer.concat([labels(1), randomBytes(1_000)]));
    const pieces = (): Readable => Readable.from([gzipSync(inner)]);
    const read = async (most: number): Promise<number> => {
      let sum = 0;
      for await (const piece of unpacked(pieces(), most)) sum += piece.length;
      return sum;
    };
    expect(await read(inner.length)).toBe(1_009);
    await expect(read(inner.length - 1)).rejects.toThrow(/unpacks to more than \d+ bytes/);
  });

  it('cut off anywhere is refused', async () => {
    const whole = gzipSync(labels(...Array.from({ length: 200 }, (_, k) => k % 10)));
    for (const packed of [whole, gzipSync(whole)])
      for (let length = 0; length < packed.length; length++)
        await expect(readIdx(file('cut', packed.subarray(0, length)))).rejects.toBeInstanceOf(
          FailureError,
        );
  });

  it('of any bytes is read or refused, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.constantFrom<number[]>([], [0, 0, 8, 1, 0, 0, 0], [0, 0, 13, 2, 0, 0, 0]),
        (bytes, beginning) => {
          try {
            const { dims, type, raw } = parseIdx(Uint8Array.from([...beginning, ...bytes]), 'fuzz');
            expect(dims.reduce((a, b) => a * b, type.bytes)).toBe(raw.length);
          } catch (error) {
            expect(error).toBeInstanceOf(FailureError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a dataset folder', () => {
  const good: [Buffer, Buffer] = [images(3), labels(0, 5, 9)];

  it('is split without losing an example', async () => {
    const data = await loadDataset(dataset('good-', good, good), 1);
    expect([data.train.count, data.validation.count, data.test.count]).toEqual([2, 1, 3]);
    expect([...data.validation.labels]).toEqual([9]);
  });

  it.each([
    [
      'other counts of images and labels',
      dataset('counts-', [images(3), labels(1)], good),
      /3 images, but 1 labels/,
    ],
    [
      'a label out of range',
      dataset('range-', [images(1), labels(200)], good),
      /The labels go from 0 to 200, but only 4 of these 201 classes are there/,
    ],
    [
      'images of other sizes',
      dataset('sizes-', good, [idxFile([1, 2, 2], new Uint8Array(4)), labels(1)]),
      /28×28, test images 2×2/,
    ],
    [
      'images without a pixel',
      dataset('flat-', [idxFile([3, 0, 0], new Uint8Array()), labels(1, 2, 3)], good),
      /The images are 0×0: they have no pixel/,
    ],
    [
      'more images packed than labels, which are not unpacked',
      dataset('packed-', [gzipSync(images(600)).subarray(0, 60), labels(1)], good),
      /600 images, but 1 labels/,
    ],
    ['no image', dataset('none-', [images(0), labels()], good), /no image/],
    ['no folder', join(folder, 'missing'), /There is no such dataset folder/],
    ['nothing', mkdtempSync(join(folder, 'empty-')), /There is no file in it/],
  ])('with %s is refused', async (_, path, what) => {
    await expect(loadDataset(path, 0)).rejects.toThrow(what);
  });

  it('with fewer examples than are to be kept for validation is refused', async () => {
    await expect(loadDataset(dataset('few-', good, good), 3)).rejects.toThrow(/only 3/);
  });

  it('called mnist is the real one: 55,000, 5,000 and 10,000', async () => {
    const { train, validation, test } = await loadDataset('mnist', 5_000);
    expect([train.count, validation.count, test.count]).toEqual([55_000, 5_000, 10_000]);
  });
});

it('a dataset is another where the same bytes are other images', async () => {
  type Axes = [count: number, height: number, width: number];
  const black = (axes: Axes): [Buffer, Buffer] => [
    idxFile(axes, new Uint8Array(axes[0] * 784)),
    idxFile([axes[0]], new Uint8Array(axes[0]).fill(1, 1)),
  ];
  const hashOf = async (train: Axes, test: Axes): Promise<string> =>
    (await loadDataset(dataset('hash-', black(train), black(test)), 0)).hash;
  const hashes = [
    await hashOf([4, 28, 28], [2, 28, 28]),
    await hashOf([4, 14, 56], [2, 14, 56]),
    await hashOf([4, 56, 14], [2, 56, 14]),
    // As many bytes in all.
    await hashOf([3, 28, 28], [3, 28, 28]),
  ];
  expect(new Set(hashes).size).toBe(4);
  expect(await hashOf([4, 28, 28], [2, 28, 28])).toBe(hashes[0]);
});
