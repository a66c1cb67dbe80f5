import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blankCount, channelMap, stripOf } from '../../../../renderer/chart/activation-maps.ts';

/** Values that tell where they come from: row, column and channel as digits. */
const told = (height: number, width: number, channels: number): Float32Array =>
  Float32Array.from({ length: height * width * channels }, (_, k) => {
    const place = Math.floor(k / channels);
    return Math.floor(place / width) * 10_000 + (place % width) * 100 + (k % channels);
  });

describe('channelMap', () => {
  it('takes one channel out of values that have their channels last', () => {
    const map = channelMap({ index: 0, shape: [2, 3, 4], values: told(2, 3, 4) }, 3);
    expect(map).toEqual({
      height: 2,
      width: 3,
      values: Float32Array.of(3, 103, 203, 10_003, 10_103, 10_203),
    });
  });
});

describe('blankCount', () => {
  const answer = {
    ...{ index: 0, shape: [1, 2, 4] as const },
    values: Float32Array.of(0, 0.1, 0, 10, 0, -0.1, -3, 0),
  };

  it('counts the maps whose values cannot be told from zero, of either sign', () => {
    expect(blankCount(answer, 4, 10)).toBe(2);
    expect(blankCount(answer, 1, 10)).toBe(1);
  });

  it('counts all of a layer that answers zero', () => {
    expect(blankCount({ ...answer, values: new Float32Array(8) }, 4, 0)).toBe(4);
  });
});

describe('stripOf', () => {
  it('has a place for each unit, less than one row too many, and is never high', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (units) => {
        const { height, width, values } = stripOf(new Float32Array(units));
        expect(values).toHaveLength(units);
        expect(height * width).toBeGreaterThanOrEqual(units);
        expect((height - 1) * width).toBeLessThan(units);
        expect(width / height).toBeGreaterThan(8);
      }),
    );
  });
});
