import fc from 'fast-check';
import { expect, it } from 'vitest';
import { copiesOf } from '../../../../main/trainer/data/duplicates.ts';
import type { Examples } from '../../../../main/trainer/data/examples.ts';

/** Images of the same few bytes, so that many are alike, at some place in a larger memory. */
function examples(images: readonly number[][], offset: number): Examples {
  const memory = new Uint8Array(offset + images.flat().length);
  memory.set(images.flat(), offset);
  return {
    images: memory.subarray(offset),
    labels: new Uint16Array(images.length),
    count: images.length,
  };
}

/** What it shall find, image by image. */
function plainShare(sought: readonly number[][], among: readonly number[][]): number {
  const texts = new Set(among.map(String));
  const found = sought.filter((image) => new Set(image).size > 1 && texts.has(String(image)));
  return found.length / sought.length;
}

it('finds the same copies wherever the images lie in memory, of any size', () => {
  const size = fc.integer({ min: 1, max: 9 });
  const sets = size.chain((length) => {
    const image = fc.array(fc.constantFrom(0, 1, 255), { minLength: length, maxLength: length });
    return fc.record({
      sought: fc.array(image, { minLength: 1, maxLength: 12 }),
      among: fc.array(fc.array(image, { minLength: 1, maxLength: 12 }), {
        minLength: 1,
        maxLength: 2,
      }),
      offsets: fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 3, maxLength: 3 }),
      length: fc.constant(length),
    });
  });
  fc.assert(
    fc.property(sets, ({ sought, among, offsets, length }) => {
      const [first = 0, ...others] = offsets;
      const found = copiesOf(
        examples(sought, first),
        among.map((images, k) => examples(images, others[k] ?? 0)),
        length,
      );
      expect(found).toEqual({ share: plainShare(sought, among.flat()), isSample: false });
    }),
  );
});
