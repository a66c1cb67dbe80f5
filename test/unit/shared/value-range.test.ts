import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limitOfRange, rangeOf } from '../../../shared/value-range.ts';

describe('rangeOf and limitOfRange', () => {
  it('gives an end that no value goes beyond, on either side', () => {
    fc.assert(
      fc.property(
        fc.float32Array({ noNaN: true, noDefaultInfinity: true, minLength: 1 }),
        (values) => {
          const range = rangeOf(values);
          const limit = limitOfRange(range);
          expect(values.every((value) => value >= range.least && value <= range.most)).toBe(true);
          expect([...values].map(Math.abs)).toContain(limit);
          expect(values.every((value) => Math.abs(value) <= limit)).toBe(true);
        },
      ),
    );
  });

  it('is zero where there are no values', () => {
    expect(rangeOf(new Float32Array())).toEqual({ least: 0, most: 0 });
  });
});
