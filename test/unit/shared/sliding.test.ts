import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slide } from '../../../shared/sliding.ts';

describe('a window’s output size', () => {
  it('is (W − F + P) / S + 1, rounded down', () => {
    const size = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(
        size,
        size,
        size,
        fc.nat(9),
        fc.nat(9),
        (input, window, stride, before, after) => {
          const { output, unseen } = slide(input, window, stride, [before, after]);
          // Counted one by one: how often the window fits, moved by the stride.
          let fits = 0;
          for (let at = 0; at + window <= input + before + after; at += stride) fits += 1;
          expect(Math.max(output, 0)).toBe(fits);
          if (fits === 0) return;
          // What is left of the image after the last window's end.
          const end = (fits - 1) * stride + window - before;
          expect(unseen).toBe(Math.max(input - end, 0));
        },
      ),
    );
  });

  it('with padding "same" is the input size over the stride, rounded up', () => {
    const size = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(
        size,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (input, window, stride) => {
          const { output, pads, unseen } = slide(input, window, stride, 'same');
          expect(output).toBe(Math.ceil(input / stride));
          // Only a stride wider than its window may end before the image does.
          expect(unseen).toBe(Math.max(input - ((output - 1) * stride + window - pads[0]), 0));
          if (stride <= window) expect(unseen).toBe(0);
          expect(pads[1] - pads[0]).toBeGreaterThanOrEqual(0);
          expect(pads[1] - pads[0]).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
