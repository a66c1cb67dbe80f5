import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasColour, paintColour, planeName } from '../../../../renderer/chart/filter-colours.ts';
import { kernelsOf, limitOf } from '../../../../renderer/chart/filters.ts';
import { describeFilter } from '../../../../renderer/views/filters/describe-filter.ts';

const side = fc.integer({ min: 1, max: 4 });
const weight = fc.float({ min: -9, max: 9, noNaN: true });
/** Filters of a network that sees colours. */
const filters = fc
  .tuple(side, side, fc.integer({ min: 1, max: 5 }))
  .chain(([height, width, count]) =>
    fc
      .array(weight, {
        minLength: height * width * 3 * count,
        maxLength: height * width * 3 * count,
      })
      .map((values) =>
        kernelsOf({ shape: [height, width, 3, count], values: Float32Array.from(values) }),
      ),
  );

describe('paintColour', () => {
  it('is black, mid grey and white at the ends and the middle of the scale', () => {
    const [kernel] = kernelsOf({
      shape: [1, 3, 3, 1],
      values: Float32Array.of(-2, -2, -2, 0, 0, 0, 2, 2, 2),
    });
    expect([...paintColour(kernel!, 2)]).toEqual([
      ...[0, 0, 0, 255],
      ...[128, 128, 128, 255],
      ...[255, 255, 255, 255],
    ]);
  });

  it('gives each plane its own colour', () => {
    const [kernel] = kernelsOf({ shape: [1, 1, 3, 1], values: Float32Array.of(1, 0, -1) });
    expect([...paintColour(kernel!, 1)]).toEqual([255, 128, 0, 255]);
  });

  it('is one scale for all filters: a greater weight is nowhere darker, in no filter and no plane', () => {
    fc.assert(
      fc.property(filters, (kernels) => {
        const weights = kernels.flatMap(({ planes }) => planes.flatMap((plane) => [...plane]));
        const limit = limitOf(Float32Array.from(weights));
        const painted = kernels.flatMap((kernel) => {
          const bytes = paintColour(kernel, limit);
          return kernel.planes.flatMap((plane, channel) =>
            [...plane].map((value, place): [number, number] => [
              value,
              bytes[place * 4 + channel]!,
            ]),
          );
        });
        painted.sort(([a], [b]) => a - b);
        painted.forEach(([, brightness], k) =>
          expect(brightness).toBeGreaterThanOrEqual(painted[k - 1]?.[1] ?? 0),
        );
        for (const [value, brightness] of painted)
          if (value === 0 || limit === 0) expect(brightness).toBe(128);
      }),
    );
  });

  it('is grey where all weights are zero', () => {
    const [kernel] = kernelsOf({ shape: [1, 1, 3, 1], values: new Float32Array(3) });
    expect([...paintColour(kernel!, 0)]).toEqual([128, 128, 128, 255]);
  });
});

describe('a filter in words', () => {
  const kernelOf = (channels: number) =>
    kernelsOf({
      shape: [1, 1, channels, 1],
      values: Float32Array.from({ length: channels }, (_, k) => k - 1),
    })[0]!;

  it('names the planes of one that sees colours, and no plane of another', () => {
    const [grey, colour, two] = [kernelOf(1), kernelOf(3), kernelOf(2)];
    expect([grey, colour, two].map(hasColour)).toEqual([false, true, false]);
    expect(describeFilter(grey)).toBe('Filter 1, weights from −1.000 to −1.000');
    expect(describeFilter(colour)).toBe(
      'Filter 1, weights: red −1.000 to −1.000, green 0.000 to 0.000, blue +1.000 to +1.000',
    );
    expect(planeName(two, 1)).toBe('Channel 2');
  });
});
