import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeLabels, type Examples } from '../../../../main/trainer/data/examples.ts';
import type { RawDataset } from '../../../../main/trainer/data/raw-dataset.ts';
import { splitDataset } from '../../../../main/trainer/data/split.ts';

/** Images of 1×1×3 pixels that tell their own number, so that none can be lost or doubled unseen. */
function numbered(labels: readonly number[], classes: number): Examples {
  const images = new Uint8Array(labels.length * 3);
  const made = makeLabels(labels.length, classes);
  labels.forEach((label, k) => {
    images.set([k & 255, k >> 8, label & 255], k * 3);
    made[k] = label;
  });
  return { images, labels: made, count: labels.length };
}

const raw = (labels: readonly number[], classes: number, more: Partial<RawDataset> = {}) => ({
  height: 1,
  width: 1,
  channels: 3 as const,
  classNames: Array.from({ length: classes }, (_, k) => `class ${k}`),
  train: numbered(labels, classes),
  validation: null,
  test: null,
  validationFrom: 'each-class' as const,
  findings: [],
  ...more,
});

const numbersOf = ({ images, count }: Examples): number[] =>
  Array.from({ length: count }, (_, k) => (images[k * 3] ?? 0) + 256 * (images[k * 3 + 1] ?? 0));
const countOf = ({ labels }: Examples, label: number): number =>
  [...labels].filter((each) => each === label).length;

const wanted = { validationSize: 5_000, testShare: 0.15, splitSeed: 1 };

describe('a dataset without test and validation parts', () => {
  it('is split so that every image is in one part, with its label, and each class alike', () => {
    const classes = fc.integer({ min: 2, max: 300 });
    const labels = classes.chain((count) =>
      fc.tuple(fc.constant(count), fc.array(fc.nat(count - 1), { minLength: 30, maxLength: 800 })),
    );
    fc.assert(
      fc.property(
        labels,
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        fc.nat(9),
        (...drawn) => {
          const [[count, all], testShare, splitSeed] = drawn;
          const data = raw(all, count);
          const parts = splitDataset(data, { ...wanted, testShare, splitSeed }, '/data');
          const each = [parts.train, parts.validation, parts.test];
          expect(each.flatMap(numbersOf).sort((a, b) => a - b)).toEqual(all.map((_, k) => k));
          for (const part of each)
            numbersOf(part).forEach((number, k) => expect(part.labels[k]).toBe(all[number]));
          for (let label = 0; label < count; label++) {
            const total = all.filter((one) => one === label).length;
            const tested = countOf(parts.test, label);
            expect(tested).toBe(Math.min(Math.round(total * testShare), Math.max(total - 1, 0)));
            // None is taken away altogether.
            if (total > 0) expect(countOf(parts.train, label)).toBeGreaterThan(0);
            const left = total - tested;
            expect(countOf(parts.validation, label)).toBeLessThanOrEqual(Math.ceil(left * 0.2));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is split alike by the same seed and otherwise by another', () => {
    const labels = Array.from({ length: 200 }, (_, k) => k % 4);
    const tested = (splitSeed: number): number[] =>
      numbersOf(splitDataset(raw(labels, 4), { ...wanted, splitSeed }, '/data').test);
    expect(tested(1)).toEqual(tested(1));
    expect(tested(1)).not.toEqual(tested(2));
  });

  it('tells what was kept for what, and that a fifth is the most for validation', () => {
    const labels = Array.from({ length: 1_000 }, (_, k) => k % 10);
    const { findings, drawn } = splitDataset(raw(labels, 10), wanted, '/data');
    expect(findings.map(({ what }) => what)).toEqual([
      'The data have no test part: 150 of the images, 15 % of each class, are kept for the test.',
      '170 of the 850 training images are kept for validation, not 5,000: a fifth of each class is the most.',
    ]);
    expect(drawn).toBe('test 0.15 by 1, validation 170 by 1');
  });
});

describe('a dataset that says what validates', () => {
  const labels = [0, 1, 0, 1, 0, 1, 0, 1];

  it('from its end keeps its last images, as they lie', () => {
    const data = raw(labels, 2, { validationFrom: 'end', test: numbered([0, 1], 2) });
    const { train, validation, findings, drawn } = splitDataset(
      data,
      { ...wanted, validationSize: 3 },
      '/data',
    );
    expect([numbersOf(train), numbersOf(validation)]).toEqual([
      [0, 1, 2, 3, 4],
      [5, 6, 7],
    ]);
    expect([findings, drawn]).toEqual([[], '']);
  });

  it('from its end refuses to keep all', () => {
    const data = raw(labels, 2, { validationFrom: 'end', test: numbered([0, 1], 2) });
    expect(() => splitDataset(data, { ...wanted, validationSize: 8 }, '/data')).toThrow(
      /8 examples are to be kept for validation, but there are only 8/,
    );
  });

  it('by a part of its own keeps that', () => {
    const validation = numbered([1, 0, 1], 2);
    const parts = splitDataset(raw(labels, 2, { validation }), wanted, '/data');
    expect(parts.validation).toBe(validation);
    expect(parts.train.count + parts.test.count).toBe(labels.length);
  });
});
