import { describe, expect, test } from 'vitest';
import {
  deviation,
  difference,
  median,
  quantile,
  ratio,
  studentQuantile,
} from '../../bench/statistics.ts';

describe('statistics', () => {
  test('a quantile lies between the two nearest values', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(quantile([10, 0, 5], 0.75)).toBe(7.5);
    expect(quantile([3], 0.95)).toBe(3);
  });

  test('the deviation is that of a sample', () => {
    expect(deviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7));
  });

  test('a ratio is taken turn by turn: a slow turn of both changes nothing', () => {
    expect(ratio([200, 20, 200], [100, 10, 100])).toBe(2);
  });

  test.each([
    [1, 12.706],
    [2, 4.303],
    [4, 2.776],
    [8, 2.306],
    [30, 2.042],
    [1000, 1.962],
  ])("Student's t with %i degrees of freedom, as in the tables: %f", (freedom, t) => {
    expect(studentQuantile(freedom)).toBeCloseTo(t, 2);
  });

  test("a difference of means has Welch's interval: as Student's where both samples spread alike", () => {
    // Eight degrees of freedom, and a standard error of 1.
    const { difference: middle, low, high } = difference([1, 2, 3, 4, 5], [3, 4, 5, 6, 7]);
    expect(middle).toBe(-2);
    expect(low).toBeCloseTo(-2 - 2.306, 3);
    expect(high).toBeCloseTo(-2 + 2.306, 3);
  });

  test('where one does not spread at all, the other alone gives the degrees of freedom', () => {
    const { low, high } = difference([0, 10], [5, 5, 5, 5]);
    expect(low).toBeCloseTo(-5 * 12.706, 1);
    expect(high).toBeCloseTo(5 * 12.706, 1);
  });

  test('samples without any spread differ by what they differ', () => {
    expect(difference([2, 2], [1, 1])).toEqual({ difference: 1, low: 1, high: 1 });
  });
});
