import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usualAppearance } from '../../../shared/appearance.ts';
import {
  allSteps,
  drawnImage,
  drawnSteps,
  usualForm,
  type StepSwitches,
} from '../../../shared/drawn-image.ts';
import type { Stroke } from '../../../shared/strokes.ts';
import { drawnDigit, randomFrom } from '../../drawings/digits.ts';

const digit = (kind: number, size: number, x: number, y: number): Stroke[] =>
  drawnDigit(kind, size, { x, y }, randomFrom(kind + 1));

function stepsOf(strokes: readonly Stroke[], off: Partial<StepSwitches> = {}) {
  const steps = drawnSteps(strokes, usualForm, { ...allSteps, ...off });
  if (steps === null) throw new Error('nothing was drawn');
  return steps;
}

/** Where the ink of a 28×28 image is, and how high and wide, in pixels. */
function inkOf(image: ArrayLike<number>) {
  let [mass, x, y, top, bottom, left, right] = [0, 0, 0, 28, -1, 28, -1];
  for (let k = 0; k < image.length; k++) {
    const value = image[k]!;
    if (value === 0) continue;
    const [row, column] = [Math.floor(k / 28), k % 28];
    [mass, x, y] = [mass + value, x + value * (column + 0.5), y + value * (row + 0.5)];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
    [left, right] = [Math.min(left, column), Math.max(right, column)];
  }
  return { x: x / mass, y: y / mass, height: bottom - top + 1, width: right - left + 1 };
}

describe('the steps from strokes to what is read', () => {
  it('make, with all of them, exactly the image that was read before there were steps', () => {
    const all = createHash('sha256');
    for (let seed = 0; seed < 40; seed++)
      for (const kind of [0, 1, 4, 7, 9]) {
        const place = { x: 20 + 5 * seed, y: 140 };
        const strokes = drawnDigit(kind, 30 + 7 * seed, place, randomFrom(seed));
        const form = {
          height: 20 + seed,
          width: 28 + (seed % 7),
          channels: seed % 3 === 0 ? 3 : 1,
          appearance: {
            transposed: seed % 2 === 1,
            mirrored: seed % 5 === 1,
            flipped: seed % 4 === 1,
            inverted: seed % 3 === 1,
          },
        };
        const image = drawnSteps(strokes, form, { ...allSteps })?.image;
        expect(drawnImage(strokes, form)).toEqual(image);
        all.update(image ?? '');
      }
    expect(all.digest('hex')).toBe(
      '33bd52222adfe01735858c445fb761e8049c75153a1991d4fa4555d908eb7764',
    );
  });

  it('tell what comes between: box, scale and way to the centre of mass', () => {
    const line: Stroke[] = [
      [
        { x: 40, y: 50 },
        { x: 40, y: 225 },
      ],
    ];
    const steps = stepsOf(line);
    expect(steps.box).toEqual({ left: 40, top: 50, width: 0, height: 175 });
    expect(steps.scale).toBeCloseTo(0.1, 10);
    expect(inkOf(steps.scaledInk).y).toBeCloseTo(14, 1);
    expect(steps.moved.x).toBeCloseTo(0.5, 1);
    expect(inkOf(steps.image).x).toBeCloseTo(14.5, 1);
    expect(steps.upright.pixels).toEqual(steps.image);
  });

  it('without the scale leaves a small drawing small, but in the middle', () => {
    const small = digit(0, 70, 60, 60);
    expect(inkOf(stepsOf(small).image).height).toBeGreaterThan(18);
    const unscaled = inkOf(stepsOf(small, { scale: false }).image);
    expect(unscaled.height).toBeLessThan(12);
    expect(unscaled.x).toBeCloseTo(14.5, 0);
  });

  it('without the box takes the pad for it: what was drawn small stays small', () => {
    const steps = stepsOf(digit(0, 70, 60, 60), { box: false });
    expect(steps.box).toEqual({ left: 0, top: 0, width: 280, height: 280 });
    expect(inkOf(steps.image).height).toBeLessThan(10);
    expect(inkOf(steps.image).x).toBeCloseTo(14.5, 0);
  });

  it('without the centre leaves the box’s middle in the middle', () => {
    const seven = digit(7, 200, 140, 140);
    const steps = stepsOf(seven, { centre: false });
    expect(steps.moved).toEqual({ x: 0, y: 0 });
    expect(steps.image).not.toEqual(stepsOf(seven).image);
  });

  it('without any of them shrink the pad as it is', () => {
    const steps = stepsOf(digit(0, 70, 60, 200), { box: false, scale: false, centre: false });
    const { x, y } = inkOf(steps.image);
    expect(x).toBeCloseTo(6, 0);
    expect(y).toBeCloseTo(20, 0);
  });

  it('never fail, whatever is drawn and whichever are taken', () => {
    const off = fc.record({ box: fc.boolean(), scale: fc.boolean(), centre: fc.boolean() });
    const place = fc.record({
      x: fc.double({ min: -2_000, max: 2_000, noNaN: true }),
      y: fc.double({ min: -2_000, max: 2_000, noNaN: true }),
    });
    const strokes = fc.array(fc.array(place, { minLength: 1, maxLength: 6 }), { minLength: 1 });
    fc.assert(
      fc.property(strokes, off, (drawn, switches) => {
        const steps = drawnSteps(drawn, { ...usualForm, appearance: usualAppearance }, switches);
        expect(steps?.image).toHaveLength(784);
        expect(Number.isFinite(steps?.moved.x)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
