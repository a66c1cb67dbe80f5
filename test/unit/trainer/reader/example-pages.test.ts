import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findExamples } from '../../../../main/trainer/reader/example-pages.ts';

const labels = fc.array(fc.nat(4), { maxLength: 60 }).map((all) => Uint8Array.from(all));

describe('pages of examples', () => {
  it('together are every example of the part once, each with its label', () => {
    fc.assert(
      fc.property(labels, fc.integer({ min: 1, max: 9 }), (of, most) => {
        const seen: number[] = [];
        for (let from = 0; from < of.length; from += most) {
          const { total, examples } = findExamples(of, { label: null, from, most });
          expect(total).toBe(of.length);
          for (const { number, label } of examples) expect(label).toBe(of[number]);
          seen.push(...examples.map(({ number }) => number));
        }
        expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from(of, (_, k) => k));
      }),
    );
  });

  it('of one class are its examples in their order', () => {
    fc.assert(
      fc.property(labels, fc.nat(4), fc.nat(9), fc.nat(9), (of, label, from, most) => {
        const all = Array.from(of, (_, k) => k).filter((k) => of[k] === label);
        const { total, examples } = findExamples(of, { label, from, most });
        expect(total).toBe(all.length);
        expect(examples.map(({ number }) => number)).toEqual(all.slice(from, from + most));
      }),
    );
  });

  it('of all classes begin with the first of each, in the classes’ order', () => {
    const sorted = Uint8Array.from([2, 2, 2, 0, 0, 1]);
    const { examples } = findExamples(sorted, { label: null, from: 0, most: 6 });
    expect(examples.map(({ number }) => number)).toEqual([3, 5, 0, 4, 1, 2]);
  });
});
