import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  holdsCifarBatches,
  readCifarBinary,
} from '../../../../../main/trainer/data/named/cifar-binary.ts';
import { unwatched, type RawDataset } from '../../../../../main/trainer/data/raw-dataset.ts';
import { openTree } from '../../../../../main/trainer/data/tree/open-tree.ts';
import { FailureError } from '../../../../../shared/ipc.ts';
import { temporaryFolder } from '../../../../support/folders.ts';
import { tarOf, type TarItem } from '../../../../support/tar-writer.ts';

/** The colour of a pixel of the image that is written as number `index` of a file. */
const colourAt = (file: number, index: number, row: number, column: number): number[] => [
  (file * 40 + index) % 256,
  (row * 8) % 256,
  (column * 8 + file) % 256,
];

/** A record as CIFAR-10's page describes it: label, then red, green and blue, each row by row. */
function record(label: number, file: number, index: number): Buffer {
  const bytes = Buffer.alloc(3073);
  bytes[0] = label;
  for (let channel = 0; channel < 3; channel++)
    for (let row = 0; row < 32; row++)
      for (let column = 0; column < 32; column++)
        bytes[1 + channel * 1024 + row * 32 + column] = colourAt(file, index, row, column)[
          channel
        ]!;
  return bytes;
}

const labelOf = (file: number, index: number): number => (file * 3 + index) % 10;

/** File 0 is the test's; they hold 2, 3, 4, 5, 6 and 7 images. */
const batch = (file: number): Buffer =>
  Buffer.concat(Array.from({ length: file + 2 }, (_, k) => record(labelOf(file, k), file, k)));

const nameOf = (file: number): string =>
  `cifar-10-batches-bin/${file === 0 ? 'test_batch' : `data_batch_${file}`}.bin`;

/** In the order that the real archive has, with the other files that it has. */
const items = (change: Record<string, Buffer | null> = {}): TarItem[] =>
  [
    ...[1, -1, 3, 4, 0, -2, 5, 2].map((file) =>
      file === -1
        ? { name: 'cifar-10-batches-bin/batches.meta.txt', bytes: Buffer.from('airplane\n') }
        : file === -2
          ? { name: 'cifar-10-batches-bin/readme.html', bytes: Buffer.from('<html>') }
          : { name: nameOf(file), bytes: batch(file) },
    ),
  ].flatMap((item) => {
    const changed = change[item.name];
    return changed === null ? [] : [{ name: item.name, bytes: changed ?? item.bytes }];
  });

async function readArchive(bytes: Buffer): Promise<RawDataset> {
  const place = join(temporaryFolder(), 'cifar-10-binary.tar.gz');
  writeFileSync(place, bytes);
  const tree = await openTree(place, unwatched);
  try {
    return await readCifarBinary(tree);
  } finally {
    await tree.close();
  }
}

const readItems = async (list: readonly TarItem[]): Promise<RawDataset> =>
  readArchive(gzipSync(await tarOf(list)));

const refusal = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'nothing is refused',
    (error: unknown) => (error instanceof FailureError ? error.failure.what : String(error)),
  );

describe('CIFAR-10’s binary version', () => {
  it('is read in the order of its batches, whatever the archive’s is, channels last', async () => {
    const raw = await readItems(items());
    expect(raw).toMatchObject({ height: 32, width: 32, channels: 3, validation: null });
    expect(raw.classNames[0]).toBe('airplane');
    expect(raw.classNames[9]).toBe('truck');
    const { train, test } = raw;
    expect([train.count, test?.count]).toEqual([3 + 4 + 5 + 6 + 7, 2]);
    const places = [1, 2, 3, 4, 5].flatMap((file) =>
      Array.from({ length: file + 2 }, (_, index) => ({ file, index })),
    );
    expect([...train.labels]).toEqual(places.map(({ file, index }) => labelOf(file, index)));
    places.forEach(({ file, index }, k) => {
      for (const [row, column] of [
        [0, 0],
        [0, 31],
        [31, 0],
        [17, 5],
      ] as const) {
        const at = ((k * 32 + row) * 32 + column) * 3;
        expect([...train.images.subarray(at, at + 3)]).toEqual(colourAt(file, index, row, column));
      }
    });
    expect([...test!.images.subarray(3 * 31, 3 * 32)]).toEqual(colourAt(0, 0, 0, 31));
  });

  it('is known by its batches, in a folder as well', async () => {
    const folder = temporaryFolder();
    expect(holdsCifarBatches(await openTree(folder, unwatched))).toBe(false);
    for (const { name, bytes } of items())
      writeFileSync(join(folder, name.replace(/^.*\//, '')), bytes!);
    const tree = await openTree(folder, unwatched);
    expect(holdsCifarBatches(tree)).toBe(true);
    expect((await readCifarBinary(tree)).train.count).toBe(25);
  });

  it.each([
    [
      'a batch is missing',
      { [nameOf(3)]: null },
      'data_batch_3.bin cannot be read: it is not there',
    ],
    [
      'the test is missing',
      { [nameOf(0)]: null },
      'test_batch.bin cannot be read: it is not there',
    ],
    [
      'a batch is empty',
      { [nameOf(2)]: Buffer.alloc(0) },
      'data_batch_2.bin cannot be read: it has 0 bytes',
    ],
    ['a record is cut off', { [nameOf(2)]: batch(2).subarray(1) }, 'it has 12291 bytes'],
    [
      'a label is none',
      { [nameOf(5)]: record(10, 5, 0) },
      'label number 0 is 10, but the classes are 0 to 9',
    ],
    ['a batch is too long', { [nameOf(1)]: Buffer.alloc(10_001 * 3073) }, 'not 1 to 10000 records'],
  ])('is refused where %s', async (_, change, said) => {
    expect(await refusal(readItems(items(change)))).toContain(said);
  });

  it('is refused where a batch is there twice', async () => {
    const twice = [...items(), { name: 'copy/data_batch_4.bin', bytes: batch(4) }];
    expect(await refusal(readItems(twice))).toContain('it is there twice');
  });

  it('is read rightly or refused, never otherwise, wherever a byte of the archive is changed', async () => {
    const whole = gzipSync(await tarOf(items()));
    const right = await readArchive(whole);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, flip, isCut) => {
          const damaged = Buffer.from(isCut ? whole.subarray(0, at) : whole);
          if (!isCut) damaged[at]! ^= flip;
          try {
            const raw = await readArchive(damaged);
            // Only what gzip’s header says of itself may change unseen.
            expect(Buffer.from(raw.train.images).equals(right.train.images)).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(FailureError);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is read rightly or refused where the batches are any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 6, maxLength: 6 }),
        fc.integer({ min: 0, max: 2 }),
        async (counts, extra) => {
          const change = Object.fromEntries(
            counts.map((count, file) => [
              nameOf(file),
              randomBytes(count * 3073 + (file === 3 ? extra : 0)),
            ]),
          );
          try {
            const raw = await readItems(items(change));
            expect(raw.train.count).toBe(counts.slice(1).reduce((a, b) => a + b));
            expect(Math.max(...raw.train.labels)).toBeLessThan(10);
          } catch (error) {
            expect(error).toBeInstanceOf(FailureError);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
