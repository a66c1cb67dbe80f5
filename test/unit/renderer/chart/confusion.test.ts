import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  barStart,
  classColumns,
  heatOf,
  mixesOf,
  sortClasses,
} from '../../../../renderer/chart/confusion.ts';
import { classMetricsOf, perClassOf } from '../../../../shared/class-metrics.ts';

const confusions = fc.integer({ min: 2, max: 12 }).chain((classes) => {
  const row = fc.array(fc.nat(50), { minLength: classes, maxLength: classes });
  return fc.array(row, { minLength: classes, maxLength: classes });
});
const rowsOf = (confusion: number[][]) =>
  classMetricsOf({ loss: 1, accuracy: 0.5, confusion })!.map((of, label) => ({ ...of, label }));

describe('mixesOf', () => {
  it('has each pair that was confused, the most frequent first, and no class that was found', () => {
    expect(
      mixesOf([
        [9, 2, 0],
        [0, 9, 7],
        [2, 0, 9],
      ]),
    ).toEqual([
      { of: 1, takenFor: 2, count: 7 },
      { of: 0, takenFor: 1, count: 2 },
      { of: 2, takenFor: 0, count: 2 },
    ]);
  });

  it('counts all that are wrong', () => {
    fc.assert(
      fc.property(confusions, (confusion) => {
        const { examples, correct } = perClassOf(confusion);
        const wrong = examples.reduce((sum, count, k) => sum + count - correct[k]!, 0);
        const counts = mixesOf(confusion).map(({ count }) => count);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(wrong);
        expect(counts).toEqual(counts.toSorted((a, b) => b - a));
      }),
    );
  });
});

it('heat grows with the number, to 45 per cent at most, so that text stays readable', () => {
  expect([0, 5, 10, 20].map((count) => heatOf(count, 10))).toEqual([0, 22.5, 45, 45]);
  expect(heatOf(0, 0)).toBe(0);
});

describe('sortClasses', () => {
  it('sorts by each column, with those that have no number last in either order', () => {
    fc.assert(
      fc.property(
        confusions,
        fc.constantFrom(...classColumns),
        fc.boolean(),
        (confusion, column, ascending) => {
          const rows = rowsOf(confusion);
          const sorted = sortClasses(rows, column, ascending);
          expect(sorted.map(({ label }) => label).toSorted((a, b) => a - b)).toEqual(
            rows.map(({ label }) => label),
          );
          const numbers = sorted.map((row) => row[column]);
          const known = numbers.filter((number) => number !== null);
          expect(numbers.slice(0, known.length)).toEqual(
            known.toSorted((a, b) => (ascending ? a - b : b - a)),
          );
        },
      ),
    );
  });

  it('keeps the order of the classes among equals', () => {
    const rows = rowsOf([
      [5, 5, 0],
      [5, 5, 0],
      [0, 0, 0],
    ]);
    expect(sortClasses(rows, 'recall', false).map(({ label }) => label)).toEqual([0, 1, 2]);
  });
});

it('bars begin below the least share, so that the worst class has one too', () => {
  expect(barStart([0.971, 0.99, null])).toBe(0.95);
  expect(barStart([0.95, 1])).toBe(0.9);
  expect(barStart([1])).toBe(0.95);
  expect([barStart([0, 0.4]), barStart([null]), barStart([])]).toEqual([0, 0, 0]);
});
