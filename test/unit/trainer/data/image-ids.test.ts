import fc from 'fast-check';
import { expect, it } from 'vitest';
import { imageIdAt } from '../../../../shared/image-id.ts';
import { imageIdsOf } from '../../../../main/trainer/data/image-ids.ts';

const SIZE = 3;
const example = fc.record({
  label: fc.nat(3),
  pixels: fc.uint8Array({ minLength: SIZE, maxLength: SIZE }),
});
interface Example {
  label: number;
  pixels: Uint8Array;
}

async function idsOf(examples: readonly Example[]): Promise<string[]> {
  const all = {
    images: Uint8Array.from(examples.flatMap(({ pixels }) => [...pixels])),
    labels: Uint8Array.from(examples, ({ label }) => label),
    count: examples.length,
  };
  const ids = await imageIdsOf(all, SIZE, new AbortController().signal);
  return examples.map((_, k) => imageIdAt(ids, k));
}

it('finds an image again by its label and its pixels, wherever it lies', () =>
  fc.assert(
    fc.asyncProperty(fc.array(example, { minLength: 1, maxLength: 8 }), async (examples) => {
      const ids = await idsOf(examples);
      expect(await idsOf(examples.toReversed())).toEqual(ids.toReversed());
      const isSame = (a: Example, b: Example): boolean =>
        a.label === b.label && a.pixels.every((byte, k) => byte === b.pixels[k]);
      for (const [k, each] of examples.entries())
        for (const [m, other] of examples.entries())
          expect(ids[k] === ids[m]).toBe(isSame(each, other));
    }),
  ));
