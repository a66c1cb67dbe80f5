import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { epochOrder } from '../../../main/trainer/data/batches.ts';
import type { Dataset } from '../../../main/trainer/data/dataset.ts';
import { unwatched } from '../../../main/trainer/data/raw-dataset.ts';
import { WIDEST, type Layout } from '../../../main/trainer/graph/layout.ts';
import { AugmentedSamples } from '../../../main/trainer/reader/augmented-samples.ts';
import { Augmenter } from '../../../main/trainer/tensorflow/augmenter.ts';
import { shardsHere } from '../../../main/trainer/tensorflow/environment.ts';
import type { Augmentation } from '../../../shared/augmentation.ts';
import type { ImageShape } from '../../../shared/network-shape.ts';
import { seedRun } from '../../../shared/presets.ts';
import { augmented } from '../../support/augmented.ts';
import { nothingAugmented as none } from '../../support/nothing-augmented.ts';
import { loadDataset } from '../../support/datasets.ts';

/** What is shown of augmentation before a run, beside what a run's own graph makes of the same images. */

const VALIDATION = 5000;
/** A run's on this machine. */
const layout: Layout = { ...WIDEST, shards: shardsHere() };
let mnist: Dataset;
beforeAll(async () => {
  mnist = await loadDataset('mnist', VALIDATION);
});

const everything: Augmentation = {
  ...{ shift: 2, rotate: 15, scale: 0.2, shear: 10, elastic: { strength: 1.5, smoothness: 4 } },
  ...{ flip: true, crop: 2, brightness: 0.3, contrast: 0.4, cutOut: 6 },
};
const requestOf = (augmentation: Augmentation | null, { seed = 1, step = 0, most = 12 } = {}) => ({
  ...{ type: 'augmented' as const, seed, step, most },
  data: { ...seedRun().data, validationSize: VALIDATION, augmentation },
});

describe('an augmentation without a network', () => {
  const grey: ImageShape = { height: 28, width: 28, channels: 1, classes: 10 };
  /** The same bytes as pictures of another form, in colour. */
  const colour: ImageShape = { height: 14, width: 20, channels: 3, classes: 10 };
  const kinds: [string, Augmentation | null][] = [
    ['nothing at all', null],
    ['nothing asked for', none],
    ['moves', { ...none, shift: 2.5, rotate: 20, scale: 0.2, shear: 10 }],
    ['elastic distortion', { ...none, elastic: { strength: 1, smoothness: 4 } }],
    ['flip and crop', { ...none, flip: true, crop: 3 }],
    ['light', { ...none, brightness: 0.3, contrast: 0.5 }],
    ['cut-out', { ...none, cutOut: 8 }],
    ['everything', everything],
  ];

  it.each(kinds)('gives what a training step sees, bit for bit: %s', async (_, augmentation) => {
    for (const image of [grey, colour]) {
      const size = image.height * image.width * image.channels;
      const images = mnist.train.images.slice(0, 7 * size);
      for (const [seed, step] of [
        [1, 0],
        [20, 41],
      ] as const) {
        const own = await Augmenter.open(augmentation, image, seed);
        const shown = own.augment(images, step);
        own.close();
        const seen = await augmented(augmentation, images, image, { seed, step, layout });
        expect(shown).toEqual(Float32Array.from(seen.flatMap((pixels) => [...pixels])));
      }
    }
  });
});

describe('samples that are shown augmented', () => {
  it('are one of each class, the first of it that the run trains on, and beside them what a step makes of them', async () => {
    const samples = new AugmentedSamples();
    for (const [seed, step] of [
      [1, 0],
      [1, 5],
      [8, 5],
    ] as const) {
      const answer = await samples.answer(requestOf(everything, { seed, step }), unwatched);
      expect(answer.examples.map(({ label }) => label)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(answer.examples.map(({ name }) => name)).toEqual(mnist.classNames);
      expect(answer.counts).toEqual({ train: 55_000, validation: 5_000, test: 10_000 });
      const order = [...epochOrder(mnist.train.count, seed, 0)];
      for (const [k, { number, label }] of answer.examples.entries()) {
        expect(number).toBe(order.find((each) => mnist.train.labels[each] === label));
        const stored = mnist.train.images.subarray(number * 784, (number + 1) * 784);
        expect([...answer.pixels.subarray(k * 784, (k + 1) * 784)]).toEqual([...stored]);
      }
      const seen = await augmented(
        everything,
        answer.pixels,
        { height: 28, width: 28, channels: 1, classes: 10 },
        { seed, step, layout },
      );
      const bytes = seen.flatMap((pixels) => [...pixels].map((value) => Math.round(value * 255)));
      expect([...answer.augmented]).toEqual(bytes);
    }
  });

  it('are other ones at another draw and another augmentation, and the same again for the same', async () => {
    const samples = new AugmentedSamples();
    const shown = async (asked: ReturnType<typeof requestOf>): Promise<string> =>
      Buffer.from((await samples.answer(asked, unwatched)).augmented).toString('base64');
    const first = await shown(requestOf(everything));
    expect(await shown(requestOf(everything, { step: 1 }))).not.toBe(first);
    expect(await shown(requestOf({ ...everything, cutOut: 7 }))).not.toBe(first);
    expect(await shown(requestOf(everything))).toBe(first);
  });

  it('are shown as they are where nothing is asked for', async () => {
    for (const augmentation of [null, none]) {
      const answer = await new AugmentedSamples().answer(requestOf(augmentation), unwatched);
      expect(answer.augmented).toEqual(answer.pixels);
    }
  });

  it('are no more than asked for, of different classes in their order', async () => {
    const samples = new AugmentedSamples();
    await fc.assert(
      fc.asyncProperty(fc.nat(1000), fc.integer({ min: 1, max: 9 }), async (seed, most) => {
        const asked = requestOf(null, { seed, most });
        const { examples } = await samples.answer(asked, unwatched);
        const labels = examples.map(({ label }) => label);
        expect(labels).toHaveLength(most);
        expect(labels).toEqual([...new Set(labels)].sort((a, b) => a - b));
      }),
      { numRuns: 4 },
    );
  });

  it('are not kept where it is stopped, and are read again then', async () => {
    const samples = new AugmentedSamples();
    const control = new AbortController();
    const stopped = samples.answer(requestOf(everything), { ...unwatched, signal: control.signal });
    control.abort(new Error('not wanted any more'));
    await expect(stopped).rejects.toThrow('not wanted any more');
    const { examples } = await samples.answer(requestOf(everything), unwatched);
    expect(examples).toHaveLength(10);
  });
});
