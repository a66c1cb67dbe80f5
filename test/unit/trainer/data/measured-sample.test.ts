import fc from 'fast-check';
import { expect, it } from 'vitest';
import { measuredSample } from '../../../../main/trainer/data/measured-sample.ts';

const counts = fc
  .integer({ min: 1, max: 300 })
  .chain((count) => fc.tuple(fc.constant(count), fc.integer({ min: 0, max: count })));

it('the sample has as many examples as asked for, each once and rising, the same each time', () => {
  fc.assert(
    fc.property(counts, fc.nat(), ([count, size], seed) => {
      const sample = measuredSample(count, size, seed);
      expect(sample).toHaveLength(size);
      sample.forEach((number, k) => {
        expect(number).toBeLessThan(count);
        if (k > 0) expect(number).toBeGreaterThan(sample[k - 1]!);
      });
      expect(measuredSample(count, size, seed)).toEqual(sample);
    }),
  );
});

it('the sample is spread over all examples, another one for another seed', () => {
  const [one, two] = [measuredSample(55_000, 5_000, 1), measuredSample(55_000, 5_000, 2)];
  const tenths = (sample: Uint32Array): number[] =>
    Array.from({ length: 10 }, (_, k) => sample.filter((i) => Math.floor(i / 5_500) === k).length);
  // 500 each, by a binomial distribution whose deviation is 20.
  for (const many of [...tenths(one), ...tenths(two)])
    expect(Math.abs(many - 500)).toBeLessThan(120);
  const both = new Set([...one, ...two]);
  expect(both.size).toBeGreaterThan(9_000);
});
