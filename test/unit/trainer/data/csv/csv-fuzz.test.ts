import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FailureError } from '../../../../../shared/ipc.ts';
import { readTables } from './csv-content.ts';

const good = [
  'label,pixel0,pixel1,pixel2,pixel3\n0,1,2,3,4\n1,5,6,7,8\n',
  '0,1,2,3,4\r\n1,5,6,7,8\r\n2,0,0,0,0',
  'a;0.5;0.25;0;1\nb;1;1;1;1.0e0\n',
  `label,${Array.from({ length: 12 }, (_, k) => `p${k}`).join()}\n0,1,2,3,4,5,6,7,8,9,10,11,12\n1,1,2,3,4,5,6,7,8,9,10,11,12\n`,
  'filename,label,split\n"a,1.png",cat,train\nb.png,dog,test\n',
  'a.png\tcat\nb.png\t"do""g"\n',
].map((text) => Buffer.from(text));

const odd = ['"', ',', ';', '\t', '\n', '\r', '.', '-', 'e', '\0', '0', '9', ' ', '\uFEFF', 'ä'];

/** A good table, into which something is put here and there, and which may be cut off. */
const mutated = fc
  .tuple(
    fc.constantFrom(...good),
    fc.array(fc.tuple(fc.nat(80), fc.oneof(fc.constantFrom(...odd), fc.string())), {
      maxLength: 4,
    }),
    fc.option(fc.nat(100)),
  )
  .map(([file, changes, length]) => {
    let text = file.toString('latin1');
    for (const [at, put] of changes) text = text.slice(0, at) + put + text.slice(at + (at % 3));
    const bytes = Buffer.from(text, at(text) ? 'utf8' : 'latin1');
    return length === null ? bytes : bytes.subarray(0, length);
  });

/** Some of them are no UTF-8. */
const at = (text: string): boolean => text.length % 4 !== 0;

const anything = fc.oneof(
  mutated,
  fc.constantFrom(...good),
  fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
  fc.array(fc.constantFrom(...odd), { maxLength: 40 }).map((parts) => Buffer.from(parts.join(''))),
);

it('tables of any bytes are read or refused, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(
      anything,
      fc.option(anything),
      fc.integer({ min: 1, max: 99 }),
      async (train, test, piece) => {
        const before = process.memoryUsage().arrayBuffers;
        try {
          const content = await readTables(
            { 'train.csv': train, ...(test ? { 'test.csv': test } : {}) },
            piece,
          );
          if (content.kind === 'pictures') {
            const { pictures, classNames } = content.list;
            for (const { path, label } of pictures) {
              expect(path).not.toMatch(/^\/|\\|^$/);
              expect(classNames[label]).toBeDefined();
            }
          } else {
            const { train: read, height, width, channels, classNames } = content.dataset;
            expect(read.images.length).toBe(read.count * height * width * channels);
            expect(read.labels.length).toBe(read.count);
            expect(Math.max(...read.labels)).toBeLessThan(classNames.length);
          }
        } catch (error) {
          if (!(error instanceof FailureError)) throw error;
          expect(error.failure.remedy).not.toMatch(/should not happen/);
          expect(error.failure.what).not.toMatch(/undefined|NaN:/);
        }
        expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 26);
      },
    ),
    { numRuns: 3_000 },
  );
});
