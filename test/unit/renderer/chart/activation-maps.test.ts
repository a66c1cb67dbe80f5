import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blankCount,
  firstMaps,
  limitOfRange,
  rangeOf,
  stripOf,
} from '../../../../renderer/chart/activation-maps.ts';

/** Values that tell where they come from: row, column and channel as digits. */
const told = (height: number, width: number, channels: number): Float32Array =>
  Float32Array.from({ length: height * width * channels }, (_, k) => {
    const place = Math.floor(k / channels);
    return Math.floor(place / width) * 10_000 + (place % width) * 100 + (k % channels);
  });

describe('firstMaps', () => {
  it('takes each channel out of values that have their channels last', () => {
    const maps = firstMaps({ index: 0, shape: [2, 3, 4], values: told(2, 3, 4) });
    expect(maps).toHaveLength(4);
    expect(maps[3]).toEqual({
      height: 2,
      width: 3,
      values: Float32Array.of(3, 103, 203, 10_003, 10_103, 10_203),
    });
  });

  it('takes at most 24, the first ones', () => {
    const maps = firstMaps({ index: 0, shape: [1, 1, 128], values: told(1, 1, 128) });
    expect(maps.map(({ values }) => values[0])).toEqual([...Array(24).keys()]);
  });

  it('leaves rows and columns of large maps out, evenly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), (h, w) => {
        const [map] = firstMaps({ index: 0, shape: [h, w, 1], values: told(h, w, 1) });
        const { height, width, values } = map!;
        expect(Math.max(height, width)).toBeLessThanOrEqual(96);
        expect(values).toHaveLength(height * width);
        const stride = height > 1 ? values[width]! / 10_000 : width > 1 ? values[1]! / 100 : 1;
        expect(height).toBe(Math.ceil(h / stride));
        expect(width).toBe(Math.ceil(w / stride));
        expect(values[values.length - 1]).toBe(
          (height - 1) * stride * 10_000 + (width - 1) * stride * 100,
        );
      }),
    );
  });

  it('has none of a layer of units', () => {
    expect(firstMaps({ index: 0, shape: [6], values: new Float32Array(6) })).toEqual([]);
  });
});

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

describe('blankCount', () => {
  const mapOf = (...values: number[]) => ({
    height: 1,
    width: values.length,
    values: Float32Array.from(values),
  });

  it('counts the maps whose values cannot be told from zero, of either sign', () => {
    const maps = [mapOf(0, 0), mapOf(0.1, -0.1), mapOf(0, -3), mapOf(10, 0)];
    expect(blankCount(maps, 10)).toBe(2);
  });

  it('counts all of a layer that answers zero', () => {
    expect(blankCount([mapOf(0), mapOf(0)], 0)).toBe(2);
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
