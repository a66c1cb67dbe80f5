import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classBars, tableClasses } from '../../../../renderer/drawing/class-bars.ts';
import { winnerOf } from '../../../../renderer/drawing/winner.ts';

const probability = fc.double({ min: 0, max: 1, noNaN: true });

describe('winnerOf', () => {
  it('is the likeliest class, of equal ones the first', () => {
    expect(winnerOf([0.1, 0.7, 0.2])).toEqual({ label: 1, share: 0.7 });
    expect(winnerOf([0.4, 0.4, 0.2])).toEqual({ label: 0, share: 0.4 });
  });

  it('is none where nothing was read, or a network that diverged answers', () => {
    expect(winnerOf([])).toBeNull();
    expect(winnerOf([NaN, NaN])).toBeNull();
    expect(winnerOf([NaN, 0.5])).toEqual({ label: 1, share: 0.5 });
  });
});

describe('tableClasses', () => {
  it('are all where they are few, else the most probable ones, with the chosen one in place of the last', () => {
    expect(tableClasses([0.1, 0.2, 0.7], 1)).toEqual({ labels: [0, 1, 2], others: 0 });
    const rising = Array.from({ length: 30 }, (_, label) => label / 435);
    expect(tableClasses(rising, 25).labels).toEqual([29, 28, 27, 26, 25, 24, 23, 22, 21, 20]);
    expect(tableClasses(rising, 3)).toEqual({
      labels: [29, 28, 27, 26, 25, 24, 23, 22, 21, 3],
      others: 20,
    });
  });
});

describe('classBars', () => {
  it('are all classes in their order where there are up to ten, whatever was read', () => {
    fc.assert(
      fc.property(fc.array(probability, { minLength: 2, maxLength: 10 }), (probabilities) => {
        const { bars, others, othersShare } = classBars(probabilities.length, probabilities);
        expect(bars).toEqual(probabilities.map((share, label) => ({ label, share })));
        expect([others, othersShare]).toEqual([0, null]);
      }),
    );
  });

  it('are empty bars of the first classes before anything is read', () => {
    expect(classBars(3, []).bars.map(({ share }) => share)).toEqual([null, null, null]);
    const { bars, others, othersShare } = classBars(100, []);
    expect(bars.map(({ label }) => label)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([others, othersShare]).toEqual([90, null]);
  });

  it('are the ten most probable of more, sorted, and the rest is counted and summed', () => {
    fc.assert(
      fc.property(fc.array(probability, { minLength: 11, maxLength: 1_000 }), (probabilities) => {
        const { bars, others, othersShare } = classBars(probabilities.length, probabilities);
        expect(bars).toHaveLength(10);
        expect(others).toBe(probabilities.length - 10);
        const shares = bars.map(({ label, share }) => {
          expect(share).toBe(probabilities[label]);
          return share!;
        });
        expect(shares).toEqual(shares.toSorted((a, b) => b - a));
        const shown = new Set(bars.map(({ label }) => label));
        expect(shown.size).toBe(10);
        const left = probabilities.filter((_, label) => !shown.has(label));
        expect(Math.max(...left)).toBeLessThanOrEqual(shares[9]!);
        expect(othersShare).toBeCloseTo(left.reduce((a, b) => a + b, 0));
        expect(bars[0]).toEqual(winnerOf(probabilities));
      }),
    );
  });

  it('keep the classes’ order where they are equally probable, and put what is no number last', () => {
    const { bars } = classBars(12, [NaN, ...Array<number>(11).fill(0.05)]);
    expect(bars.map(({ label }) => label)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});
