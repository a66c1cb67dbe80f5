import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readNpz } from '../../../../../main/trainer/data/npz/npz-dataset.ts';
import { FailureError } from '../../../../../shared/ipc.ts';
import { npy, npyOf, npyTexts, type NumpyType } from '../../../../support/numpy-files.ts';
import { inPieces } from '../../../../support/pieces.ts';

/** A dataset whose parts go together, or a refusal: nothing else, whatever lies there. */
async function readOrRefuse(images: Buffer, labels: Buffer, names: Buffer, piece: number) {
  const files = Object.entries({ x_train: images, y_train: labels, class_names: names });
  const before = process.memoryUsage().arrayBuffers;
  try {
    const { train, height, width, channels, classNames } = await readNpz(
      'fuzz',
      new Map(
        files.map(([name, bytes]) => [
          name,
          { bytes: bytes.length, pieces: inPieces(bytes, piece) },
        ]),
      ),
    );
    expect(train.images.length).toBe(train.count * height * width * channels);
    expect(Math.max(...train.labels)).toBeLessThan(classNames.length);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    expect(error.failure.remedy).not.toMatch(/should not happen/);
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 26);
}

const types: NumpyType[] = ['b1', 'u1', 'i1', 'u2', 'i2', 'u4', 'i4', 'u8', 'i8', 'f2', 'f4', 'f8'];
const good = [
  ...types.map((type) => npy([3, 2, 2], [0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0], { type })),
  npy([3], [0, 1, 2], { type: 'i8' }),
  npyTexts(['a', 'b', 'cd'], 'U'),
  npyTexts(['a', 'b', 'cd'], 'S'),
  npyOf(`{'descr': '|O', 'fortran_order': False, 'shape': (3,), }`, Buffer.from('(lp0\n.')),
];

/** A good file, of which bytes are changed and the end may be cut off. */
const mutated = fc
  .tuple(
    fc.constantFrom(...good),
    fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 4 }),
    fc.option(fc.nat(250)),
  )
  .map(([file, changes, length]) => {
    const copy = Buffer.from(file);
    for (const [at, byte] of changes) if (at < copy.length) copy[at] = byte;
    return length === null ? copy : copy.subarray(0, length);
  });

const anything = fc.oneof(
  mutated,
  fc.constantFrom(...good),
  fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
  fc
    .tuple(fc.string(), fc.uint8Array({ maxLength: 40 }))
    .map(([header, values]) => npyOf(`{${header}}`, values)),
);

it('arrays of any bytes are read or refused, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(anything, anything, anything, fc.integer({ min: 1, max: 99 }), readOrRefuse),
    { numRuns: 3_000 },
  );
});

it('an array cut off anywhere is refused', async () => {
  const labels = good.at(-4)!;
  const whole = npy([3, 2, 2], new Uint8Array(12), { type: 'f8' });
  for (let length = 0; length < whole.length; length++) {
    const file = { bytes: whole.length, pieces: inPieces(whole.subarray(0, length), 16) };
    const arrays = new Map([
      ['x', file],
      ['y', { bytes: labels.length, pieces: inPieces(labels) }],
    ]);
    await expect(readNpz('cut', arrays)).rejects.toBeInstanceOf(FailureError);
  }
});
