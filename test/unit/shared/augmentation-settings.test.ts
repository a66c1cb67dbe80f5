import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { augmentationSchema } from '../../../shared/augmentation.ts';
import { augmentationNumbers, sliderRange } from '../../../shared/augmentation-settings.ts';
import { augmentationFields } from '../../../shared/fields/augmentation.ts';
import { isNumberRange } from '../../../shared/fields/ranges.ts';
import { valueAt, withValueAt } from '../../../shared/setting-paths.ts';
import { nothingAugmented } from '../../support/nothing-augmented.ts';

const elastic = { strength: 1, smoothness: 4 };
const anyNumber = fc.constantFrom(...augmentationNumbers);
const anySide = fc.integer({ min: 1, max: 512 });

it('every number of the table can be set, and no other', () => {
  const numbers = Object.entries(augmentationFields).flatMap(([path, { range }]) =>
    isNumberRange(range) ? [path] : [],
  );
  expect([...augmentationNumbers]).toEqual(numbers);
});

describe('a slider', () => {
  it('goes in whole steps to an end that the table allows, for images of any size', () => {
    fc.assert(
      fc.property(anyNumber, anySide, anySide, (path, height, width) => {
        const { least, most, step } = sliderRange(path, { height, width }, 0);
        for (const end of [least, most]) {
          const data = { augmentation: { ...nothingAugmented, elastic } };
          const value = valueAt(withValueAt({ data }, path, end), 'data.augmentation');
          expect(v.is(augmentationSchema, value)).toBe(true);
        }
        expect(most).toBeGreaterThanOrEqual(step);
        const steps = most / step;
        expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-6);
      }),
    );
  });

  it('is long enough for a value that was typed', () => {
    fc.assert(
      fc.property(
        anyNumber,
        anySide,
        fc.double({ min: 0, max: 64, noNaN: true }),
        (path, side, typed) => {
          const { most } = sliderRange(path, { height: side, width: side }, typed);
          expect(most).toBeGreaterThanOrEqual(typed);
        },
      ),
    );
  });

  it('ends where an image of its size is hardly known any more', () => {
    const digit = { height: 28, width: 28 };
    const ends = augmentationNumbers.map((path) => sliderRange(path, digit, 0).most);
    expect(ends).toEqual([7, 45, 0.5, 30, 4, 9.5, 7, 0.5, 1, 28]);
    const photo = { height: 224, width: 300 };
    expect(sliderRange('data.augmentation.shift', photo, 0).most).toBe(56);
    expect(sliderRange('data.augmentation.elastic.smoothness', photo, 0).most).toBe(64);
    expect(sliderRange('data.augmentation.rotate', digit, 120).most).toBe(120);
  });
});
