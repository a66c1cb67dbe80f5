import { describe, expect, it } from 'vitest';
import { readNpz } from '../../../../../main/trainer/data/npz/npz-dataset.ts';
import type { RawDataset } from '../../../../../main/trainer/data/raw-dataset.ts';
import { FailureError, type Failure } from '../../../../../shared/ipc.ts';
import {
  npy,
  npyOf,
  npyTexts,
  type NumpyForm,
  type NumpyType,
} from '../../../../support/numpy-files.ts';
import { inPieces } from '../../../../support/pieces.ts';

const read = (arrays: Record<string, Buffer>, pieceLength?: number): Promise<RawDataset> =>
  readNpz(
    'data.npz',
    new Map(
      Object.entries(arrays).map(([name, bytes]) => [
        name,
        { bytes: bytes.length, pieces: inPieces(bytes, pieceLength) },
      ]),
    ),
  );

async function refusal(arrays: Record<string, Buffer>): Promise<Failure> {
  const error: unknown = await read(arrays).catch((thrown: unknown) => thrown);
  if (error instanceof FailureError) return error.failure;
  throw new Error('it was taken, or failed otherwise', { cause: error });
}

const COUNT = 4;
const SHAPE = [COUNT, 3, 5];
const PIXELS = Uint8Array.from({ length: COUNT * 15 }, (_, k) => (k * 37) % 256);
const y = npy([COUNT], [0, 2, 1, 0]);
const x = npy(SHAPE, PIXELS);

const whats = ({ findings }: RawDataset): string[] => findings.map(({ what }) => what);
const bytesOf = (data: RawDataset): number[] => [...data.train.images];

describe('images are the same from', () => {
  const wide: NumpyType[] = ['u1', 'u2', 'i2', 'u4', 'i4', 'u8', 'i8', 'f4', 'f8'];
  const forms = wide.flatMap((type) =>
    [1, 2, 3].flatMap((version): NumpyForm[] =>
      [false, true].map((odd) => ({
        type,
        version: version as 1 | 2 | 3,
        isBigEndian: odd,
        isFortran: odd !== (version === 2),
      })),
    ),
  );
  it.each(forms)('%j, in pieces of any length', async (form) => {
    for (const length of [1, 7, 64, 1_000]) {
      const data = await read({ x_train: npy(SHAPE, PIXELS, form), y_train: y }, length);
      expect(bytesOf(data)).toEqual([...PIXELS]);
      expect(data).toMatchObject({
        height: 3,
        width: 5,
        channels: 1,
        validation: null,
        test: null,
      });
      expect(whats(data)).toEqual(
        form.type!.startsWith('f')
          ? [
              expect.stringMatching(
                /^The images are numbers from 0 to 255 \(float..\), which are rounded/,
              ),
            ]
          : [],
      );
    }
  });

  it.each<NumpyType>(['f4', 'f8'])('shares from 0 to 1 in %s, which is said', async (type) => {
    const shares = Array.from(PIXELS, (pixel) => pixel / 255);
    for (const isFortran of [false, true]) {
      const data = await read({ x_train: npy(SHAPE, shares, { type, isFortran }), y_train: y });
      expect(bytesOf(data)).toEqual([...PIXELS]);
      expect(whats(data)).toEqual([expect.stringMatching(/from 0 to 1 .*times 255/)]);
    }
  });

  it('numbers of half precision', async () => {
    const values = Float32Array.of(0, 1, 0.5, 0.25, 0.125, 0.75);
    const data = await read({ x: npy([2, 1, 3], values, { type: 'f2' }), y: npy([2], [0, 1]) });
    expect(bytesOf(data)).toEqual([0, 255, 128, 64, 32, 191]);
  });

  it('truth values, which is said', async () => {
    const data = await read({
      x: npy([2, 1, 2], [0, 1, 1, 0], { type: 'b1' }),
      y: npy([2], [0, 1]),
    });
    expect(bytesOf(data)).toEqual([0, 255, 255, 0]);
    expect(whats(data)).toEqual([expect.stringMatching(/truth values/)]);
  });

  it('floating-point numbers to 255 whose first ones are below 1', async () => {
    const values = [0, 0.4, 0.5, 1, 254.6, 3];
    const arrays = { x: npy([2, 1, 3], values, { type: 'f8' }), y: npy([2], [0, 1]) };
    expect(bytesOf(await read(arrays, 8))).toEqual([0, 0, 1, 1, 255, 3]);
  });

  it('a part without any number above 1, where another’s go to 255', async () => {
    const part = (...values: number[]): Buffer => npy([2, 1, 1], values, { type: 'f4' });
    const labels = npy([2], [0, 1]);
    const data = await read({
      x_train: part(0, 200),
      y_train: labels,
      x_test: part(1, 0),
      y_test: labels,
    });
    expect([...data.test!.images]).toEqual([1, 0]);
  });
});

describe('axes', () => {
  const colour = Array.from({ length: 24 }, (_, k) => k);
  it.each([
    [[2, 2, 2, 3], colour, 3, colour.slice(0, 6)],
    [[2, 3, 2, 2], colour, 3, [0, 4, 8, 1, 5, 9]],
    [[2, 3, 4, 1], colour, 1, colour.slice(0, 6)],
    [[2, 1, 3, 4], colour, 1, colour.slice(0, 6)],
    [[6, 4], colour, 1, colour.slice(0, 6)],
  ])('%j are images', async (shape, values, channels, first) => {
    const labels = npy(
      [shape[0]!, 1],
      Array.from({ length: shape[0]! }, (_, k) => k % 2),
    );
    const data = await read({ x_train: npy(shape, values), y_train: labels });
    expect(data.channels).toBe(channels);
    expect(bytesOf(data).slice(0, 6)).toEqual(first);
    expect(data.height * data.width * channels * shape[0]!).toBe(24);
  });

  it.each([
    [[2, 3, 2, 3], /2×3×2×3 numbers of uint8, which may be channels/],
    [[2, 12], /12 for each image, which is no square/],
    [[24], /one axis such as labels have/],
    [[1, 2, 2, 2, 3], /more axes than images have/],
    [[3, 2, 2, 2], /images of 2 channels/],
  ])('%j are none', async (shape, what) => {
    expect(
      await refusal({ x: npy(shape, new Uint8Array(shape.reduce((a, b) => a * b))), y }),
    ).toMatchObject({
      what: expect.stringMatching(what) as string,
      where: 'data.npz: x',
    });
  });
});

describe('the arrays are found', () => {
  it.each([
    ['x_train', 'y_train', 'x_test', 'y_test'],
    ['X_train.npy', 'Y_train.npy', 'X_test.npy', 'Y_test.npy'],
    ['train_images', 'train_labels', 'test_images', 'test_labels'],
    ['images', 'labels', 'images_test', 'labels_test'],
    ['trainX', 'trainY', 'testX', 'testY'],
    ['x', 'y', 'xtest', 'ytest'],
    ['training-data', 'training-targets', 'testing-data', 'testing-targets'],
  ])('as %s, %s, %s and %s', async (...names) => {
    const arrays = [x, y, npy([2, 3, 5], PIXELS.subarray(0, 30)), npy([2, 1], [1, 2])];
    const data = await read(Object.fromEntries(names.map((name, k) => [name, arrays[k]!])));
    expect([data.train.count, data.validation, data.test!.count]).toEqual([COUNT, null, 2]);
    expect([...data.test!.labels]).toEqual([1, 2]);
    expect(data.findings).toEqual([]);
  });

  it('with validation, as MedMNIST ships them', async () => {
    const parts = ['train', 'val', 'test'].flatMap((part) => [
      [`${part}_images`, x] as const,
      [`${part}_labels`, npy([COUNT, 1], [0, 1, 2, 0])] as const,
    ]);
    const data = await read(Object.fromEntries(parts));
    expect([data.validation!.count, data.test!.count]).toEqual([COUNT, COUNT]);
  });

  it('and what is left is told', async () => {
    const data = await read({ x_train: x, y_train: y, x_test: x, weights: x });
    expect(data.test).toBeNull();
    expect(whats(data)).toEqual([
      'x_test is passed over: there are no labels for it.',
      'weights is passed over: such names are not known.',
    ]);
  });

  it.each([
    [{ x_test: x, y_test: y }, /no images for training in the NPZ file: it holds x_test, y_test/],
    [{ x_train: x }, /no labels for training/],
    [{}, /it holds no array/],
    [{ arr_0: x, arr_1: y }, /it holds arr_0, arr_1/],
    [
      { x_train: x, train_images: x, y_train: y },
      /Two arrays are images of one part: x_train and tr/,
    ],
  ])('or named as lacking', async (arrays, what) => {
    expect((await refusal(arrays as Record<string, Buffer>)).what).toMatch(what);
  });
});

describe('classes', () => {
  it.each<NumpyType>(['u1', 'i1', 'i4', 'i8', 'u8', 'f4', 'f8', 'f2'])('in %s', async (type) => {
    const labels = npy([COUNT, 1], [1, 2, 3, 1], { type, isBigEndian: true });
    const data = await read({ x, y: labels });
    expect([...data.train.labels]).toEqual([0, 1, 2, 0]);
    expect(data.classNames).toEqual(['1', '2', '3']);
  });

  it.each(['U', 'S'] as const)('are called by an array of texts (%s)', async (kind) => {
    const class_names = npyTexts(['Katze', 'Hündin', '🐸'], kind);
    expect((await read({ x, y, class_names })).classNames).toEqual(['Katze', 'Hündin', '🐸']);
  });

  it('have their numbers where the names will not do, which is told', async () => {
    const data = await read({ x, y, label_names: npy([3], [1, 2, 3]) });
    expect(data.classNames).toEqual(['0', '1', '2']);
    expect(data.findings).toEqual([
      {
        what: 'The array holds 3 numbers of uint8, no names of up to 1000 classes.',
        where: 'data.npz: label_names',
        remedy: expect.any(String) as string,
      },
    ]);
  });

  it.each([
    [npy([COUNT, 3], new Uint8Array(12)), /4×3 numbers of uint8, axes such as one-hot labels have/],
    [npy([COUNT], [0, 0.5, 1, 2], { type: 'f4' }), /Label number 1 is 0\.5 \(float32\)/],
    [npy([COUNT], [0, 1, 2, -1], { type: 'i8' }), /Label number 3 is -1, but/],
    [
      npy([COUNT], [0, 1, 2, 2 ** 52], { type: 'i8' }),
      /Label number 3 is 4503599627370496 \(int64/,
    ],
    [npy([COUNT], [1, 1, 1, 1]), /All labels are 1/],
    [npy([3], [0, 1, 2]), /4 images, but 3 labels/],
    [npyTexts(['a', 'b', 'c', 'd'], 'U'), /4 texts \(<U1\), but labels are numbers/],
  ])('that are none are refused', async (labels, what) => {
    const failure = await refusal({ x, y: labels });
    expect(failure.what).toMatch(what);
    expect(failure.where).toBe('data.npz: y');
  });
});

describe('an array is refused that', () => {
  const header = (descr: string, shape: string): Buffer =>
    npyOf(`{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }`, Buffer.alloc(60));
  it.each([
    [
      'holds pickled objects',
      header(`'|O'`, '(4,)'),
      /pickled Python objects, which are never unp/,
    ],
    [
      'holds objects in fields',
      header(`[('a', '<f4'), ('b', '|O')]`, '(4,)'),
      /pickled Python obj/,
    ],
    ['holds fields', header(`[('a', '<f4')]`, '(15,)'), /holds fields, no plain numbers/],
    ['holds complex numbers', header(`'<c8'`, '(4,)'), /holds <c8, no plain numbers/],
    ['holds a program', header(`__import__('os')`, '(4,)'), /header cannot be read/],
    [
      'says it has another size',
      header(`'|u1'`, '(4, 3, 6)'),
      /4×3×6 numbers of uint8 = 72 bytes, but 60/,
    ],
    [
      'says it is huge',
      header(`'|u1'`, '(99999999999999, 99999999999999, 99999)'),
      /but 60 follow/,
    ],
    ['is text', Buffer.from('x,y\n1,2\n'), /no NumPy array/],
    [
      'is of no version',
      Buffer.concat([Buffer.from('\x93NUMPY\x09\x00', 'latin1'), x]),
      /of version 9\.0/,
    ],
    [
      'says its header is huge',
      Buffer.concat([Buffer.from('\x93NUMPY\x02\x00\xff\xff\xff\x7f', 'latin1'), x]),
      /header is to have 2147483647 bytes/,
    ],
    ['is cut off', x.subarray(0, 40), /cut off within its header/],
    ['is empty', Buffer.alloc(0), /no NumPy array/],
    [
      'has pixels above 255',
      npy(
        SHAPE,
        Array.from(PIXELS, (p, k) => (k === 23 ? 256 : p)),
        { type: 'u2' },
      ),
      /at \[1, 1, 3\] is 256 \(uint16\), but pixels go from 0 to 255\./,
    ],
    [
      'has pixels below 0',
      npy(
        SHAPE,
        Array.from(PIXELS, (p) => p / 127.5 - 1),
        { type: 'f4' },
      ),
      /at \[0, 0, 0\] is -1 \(float32\)/,
    ],
    [
      'has pixels that are no numbers',
      npy(SHAPE, new Float32Array(60).fill(NaN), { type: 'f4' }),
      /is NaN/,
    ],
    ['has no image', npy([0, 3, 5], []), /holds no image/],
    ['has images without a pixel', npy([4, 0, 5], []), /0×5: they have no pixel/],
  ])('%s', async (_, array, what) => {
    const failure = await refusal({ x_train: array, y_train: y });
    expect(failure.what).toMatch(what);
    expect(failure.where).toBe('data.npz: x_train');
    expect(failure.remedy).not.toMatch(/should not happen/);
  });

  it('has another form than the training images', async () => {
    const arrays = { x_train: x, y_train: y, x_test: npy([COUNT, 5, 3], PIXELS), y_test: y };
    expect((await refusal(arrays)).what).toMatch(
      /for test are 5×3, but those for training are 3×5/,
    );
  });
});

it('an archive whose file lies about its length is refused, however it lies', async () => {
  for (const bytes of [x.length - 1, x.length + 1, 0]) {
    const arrays = new Map([
      ['x', { bytes, pieces: inPieces(x) }],
      ['y', { bytes: y.length, pieces: inPieces(y) }],
    ]);
    await expect(readNpz('data.npz', arrays)).rejects.toBeInstanceOf(FailureError);
  }
  for (const content of [x.subarray(0, x.length - 1), Buffer.concat([x, Buffer.of(1)])]) {
    const arrays = new Map([
      ['x', { bytes: x.length, pieces: inPieces(content, 5) }],
      ['y', { bytes: y.length, pieces: inPieces(y) }],
    ]);
    await expect(readNpz('data.npz', arrays)).rejects.toThrow(
      /cut off: 59 of its 60|More than the 60/,
    );
  }
});
