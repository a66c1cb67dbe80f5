import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shadesOf, valuesOfShades } from '../../../shared/shades.ts';
import { limitOfRange, rangeOf } from '../../../shared/value-range.ts';

const finite = fc.float32Array({ noNaN: true, min: Math.fround(-1e6), max: Math.fround(1e6) });

it('keeps each value to half a shade, zero and the end of the scale as they are, and every sign', () => {
  fc.assert(
    fc.property(finite, (values) => {
      const range = rangeOf(values);
      const limit = limitOfRange(range);
      const kept = valuesOfShades(shadesOf(values, range), range);
      for (const [k, value] of values.entries()) {
        expect(Math.abs(kept[k]! - value)).toBeLessThanOrEqual((limit / 254) * (1 + 1e-5));
        if (value === 0) expect(kept[k]).toBe(0);
        if (Math.abs(value) === limit) expect(kept[k]! / value || 1).toBeCloseTo(1, 6);
        expect(kept[k]! * value).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
