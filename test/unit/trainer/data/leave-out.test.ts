import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageIdAt } from '../../../../shared/image-id.ts';
import type { Examples } from '../../../../main/trainer/data/examples.ts';
import { imageIdsOf } from '../../../../main/trainer/data/image-ids.ts';
import { leaveOut, type LeftOut } from '../../../../main/trainer/data/leave-out.ts';
import type { ImageForm } from '../../../../main/trainer/data/raw-dataset.ts';

const form: ImageForm = { height: 1, width: 2, channels: 1, classNames: ['cat', 'dog', 'owl'] };
const { signal } = new AbortController();

/** Few of them, so that there are copies; of each a label and its two pixels. */
type Example = readonly [label: number, pixel: number];
const examples = (list: readonly Example[]): Examples => ({
  images: Uint8Array.from(list.flatMap(([, pixel]) => [pixel, 255 - pixel])),
  labels: Uint8Array.from(list, ([label]) => label),
  count: list.length,
});
const listOf = ({ images, labels, count }: Examples): Example[] =>
  Array.from({ length: count }, (_, k) => [labels[k]!, images[2 * k]!]);
async function idsOf(list: readonly Example[]): Promise<string[]> {
  const ids = await imageIdsOf(examples(list), 2, signal);
  return list.map((_, k) => imageIdAt(ids, k));
}
const left = async (
  train: readonly Example[],
  ids: readonly string[],
  [validation, test]: [Example[], Example[]] = [[], []],
): Promise<LeftOut> =>
  leaveOut(
    { train: examples(train), validation: examples(validation), test: examples(test) },
    form,
    ids,
    signal,
  );

const example = fc.tuple(fc.nat(2), fc.nat(4));

it('what is left is the other examples in their order, and nothing of validation and test is gone', async () => {
  const lists = fc.array(example, { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(lists, lists, lists, async (others, validation, wanted) => {
      // Of each class one that stays.
      const train: Example[] = [...others, [0, 9], [1, 9], [2, 9]];
      const ids = await idsOf(wanted);
      const parts: [Example[], Example[]] = [validation, [...wanted]];
      const { train: kept, hashed } = await left(train, ids, parts);
      const isWanted = ([label, pixel]: Example): boolean =>
        wanted.some((each) => each[0] === label && each[1] === pixel);
      expect(listOf(kept)).toEqual(train.filter((each) => !isWanted(each)));
      // Data of which nothing was left out are the same data.
      expect(hashed === '').toBe(!train.some(isWanted));
      const nowhere: Example = [0, 200];
      const fromOther = await left(train, await idsOf([nowhere, ...wanted.toReversed()]));
      expect(fromOther.hashed).toBe(hashed);
    }),
    { numRuns: 50 },
  );
});

it('copies of an image, images of validation, and images that are not there are told apart', async () => {
  const train: Example[] = [[0, 1], [0, 1], [0, 2], [1, 3], [2, 4]]; // prettier-ignore
  const ids = await idsOf([[0, 1], [1, 8], [2, 7]]); // prettier-ignore
  const { findings } = await left(train, ids, [[[1, 8]], []]);
  expect(findings.map(({ what }) => what)).toEqual([
    '2 images are left out of training, 3 are trained on. 1 more that was to be left out lies in validation or test, which keep all images. 1 that was to be left out is not among these data.',
  ]);
  const nothing = await left(train, ['0'.repeat(16)]);
  expect(nothing.findings[0]?.what).toMatch(
    /^No image is left out of training, 5 are trained on\./,
  );
});

describe('is refused where it would leave', () => {
  const train: Example[] = [[0, 1], [0, 1], [1, 3], [2, 4]]; // prettier-ignore

  it('nothing of a class', async () => {
    await expect(left(train, await idsOf([[0, 1]]))).rejects.toMatchObject({
      failure: {
        what: 'All training images of the class cat would be left out: nothing of it could be learned.',
        where: 'data.leftOut',
      },
    });
    const two = await idsOf([[0, 1], [1, 3]]); // prettier-ignore
    await expect(left(train, two)).rejects.toThrow('of 2 classes, cat, dog, would be left out');
  });

  it('nothing at all', async () => {
    await expect(left(train, await idsOf(train))).rejects.toThrow('All 4 images to train on');
  });

  it('but not for a class that has no examples anyway', async () => {
    const without: Example[] = [[0, 1], [0, 2], [1, 3]]; // prettier-ignore
    expect((await left(without, await idsOf([[0, 1]]))).train.count).toBe(2);
  });
});
