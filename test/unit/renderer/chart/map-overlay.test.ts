import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colorAt, lightScale } from '../../../../shared/diverging-scale.ts';
import {
  inkShares,
  paintOverlay,
  saliencyOfInk,
  scaleUpSmoothly,
} from '../../../../renderer/chart/map-overlay.ts';
import { drawnImage, usualForm, type DrawnForm } from '../../../../shared/drawn-image.ts';

const blackOnWhite: DrawnForm = {
  ...usualForm,
  appearance: { ...usualForm.appearance, inverted: true },
};
const stroke = [
  { x: 150, y: 60 },
  { x: 140, y: 220 },
];

describe('scaleUpSmoothly', () => {
  const side = fc.integer({ min: 1, max: 8 });
  const map = fc.tuple(side, side).chain(([height, width]) =>
    fc
      .array(fc.float({ min: -9, max: 9, noNaN: true }), {
        minLength: height * width,
        maxLength: height * width,
      })
      .map((values) => ({ height, width, values: Float32Array.from(values) })),
  );

  it('leaves a map of the same size as it is', () => {
    fc.assert(
      fc.property(map, (small) => {
        const { values, ...size } = scaleUpSmoothly(small, small);
        expect(size).toEqual({ height: small.height, width: small.width });
        // Plain comparison: negative zero may become zero.
        expect(values.every((value, place) => value === small.values[place])).toBe(true);
      }),
    );
  });

  it('goes nowhere beyond the values that it is between', () => {
    fc.assert(
      fc.property(map, side, side, (small, height, width) => {
        const large = scaleUpSmoothly(small, { height: height * 5, width: width * 5 });
        expect(large.values).toHaveLength(height * width * 25);
        const [least, most] = [Math.min(...small.values), Math.max(...small.values)];
        expect(Math.min(...large.values)).toBeGreaterThanOrEqual(least - 1e-5);
        expect(Math.max(...large.values)).toBeLessThanOrEqual(most + 1e-5);
      }),
    );
  });

  it('has the corners in the corners', () => {
    const { values } = scaleUpSmoothly(
      { height: 2, width: 2, values: Float32Array.of(1, 2, 3, 4) },
      { height: 4, width: 4 },
    );
    expect([values[0], values[3], values[12], values[15]]).toEqual([1, 2, 3, 4]);
    expect([...values.subarray(0, 4)]).toEqual([1, 1.25, 1.75, 2]);
  });
});

describe('inkShares', () => {
  it('is the same ink, whether it is drawn white on black or black on white', () => {
    const usual = inkShares(drawnImage([stroke], usualForm)!, usualForm);
    expect(Math.max(...usual)).toBe(1);
    expect(usual[0]).toBe(0);
    const other = inkShares(drawnImage([stroke], blackOnWhite)!, blackOnWhite);
    other.forEach((share, place) => expect(share).toBeCloseTo(usual[place]!, 5));
  });

  it('has one share a pixel of a colour image', () => {
    const colour = { ...usualForm, channels: 3 };
    expect(inkShares(drawnImage([stroke], colour)!, colour)).toEqual(
      inkShares(drawnImage([stroke], usualForm)!, usualForm),
    );
  });
});

describe('saliencyOfInk', () => {
  const small = { ...usualForm, height: 1, width: 2 };
  const dark = { ...blackOnWhite, height: 1, width: 2 };

  it('turns the sign where ink is dark', () => {
    const values = Float32Array.of(1, -2);
    expect([...saliencyOfInk(values, small)]).toEqual([1, -2]);
    expect([...saliencyOfInk(values, dark)]).toEqual([-1, 2]);
  });
});

describe('paintOverlay', () => {
  const paint = (values: number[], ink: number[]) => {
    const map = { height: 1, width: values.length, values: Float32Array.from(values) };
    return paintOverlay(map, Float32Array.from(ink), lightScale, [0, 0, 0]);
  };

  it('is paper and grey ink where the map says nothing', () => {
    const [paper] = colorAt(lightScale, 0);
    const bytes = paint([0, 0, 1], [0, 1, 0]);
    expect([...bytes.subarray(0, 4)]).toEqual([paper, paper, paper, 255]);
    expect(bytes[4]).toBeLessThan(paper * 0.6);
    expect(bytes[4]).toBeGreaterThan(0);
    expect(bytes[4]).toBe(bytes[6]);
  });

  it('is orange for what speaks for, and blue against', () => {
    const bytes = paint([0.5, -0.5], [0, 0]);
    expect(bytes[0]).toBeGreaterThan(bytes[2]!);
    expect(bytes[4]).toBeLessThan(bytes[6]!);
  });

  it('does not depend on how large the values are, only on their proportion', () => {
    expect(paint([1, -2, 4], [0, 0.5, 1])).toEqual(paint([0.25, -0.5, 1], [0, 0.5, 1]));
  });

  it('shows the drawing alone where all is zero', () => {
    expect(paint([0, 0], [0, 1])).toEqual(paint([0, 0, 1], [0, 1, 0]).slice(0, 8));
  });
});
