import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { darkScale, lightScale } from '../../../../shared/diverging-scale.ts';
import { delaysOf, FilmGif, paletteOf } from '../../../../renderer/chart/film-gif.ts';
import { evenFrames, frameAt, nearestFrame } from '../../../../renderer/chart/film.ts';
import { SHADES, shadeOf } from '../../../../renderer/chart/filter-sheet.ts';

const framesOf = (steps: readonly number[]) => steps.map((step) => ({ step }));
const anySteps = fc
  .uniqueArray(fc.nat(100_000), { minLength: 1 })
  .map((steps) => steps.sort((a, b) => a - b));

describe('a film’s frames', () => {
  it('are found by their step', () => {
    fc.assert(
      fc.property(anySteps, fc.nat(100_000), (steps, step) => {
        const frames = framesOf(steps);
        const before = steps.filter((each) => each <= step);
        expect(frameAt(frames, step)).toBe(Math.max(0, before.length - 1));
        const distances = steps.map((each) => Math.abs(each - step));
        expect(distances[nearestFrame(frames, step)]).toBe(Math.min(...distances));
      }),
    );
  });

  it('of a picture that moves are the first, the last, and some evenly between', () => {
    fc.assert(
      fc.property(anySteps, fc.integer({ min: 2, max: 40 }), (steps, most) => {
        const numbers = evenFrames(framesOf(steps), most);
        expect(numbers.length).toBeLessThanOrEqual(most);
        expect([numbers[0], numbers.at(-1)]).toEqual([0, steps.length - 1]);
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      }),
    );
    expect(evenFrames(framesOf([0, 8, 16, 24, 32]), 3)).toEqual([0, 2, 4]);
    expect(evenFrames([], 40)).toEqual([]);
  });

  it('are shown two to four seconds together, few or many', () => {
    for (let count = 6; count <= 40; count++) {
      const seconds = delaysOf(count).reduce((a, b) => a + b) / 1000;
      expect(seconds).toBeGreaterThanOrEqual(2);
      expect(seconds).toBeLessThanOrEqual(4);
    }
  });
});

describe('an animated GIF', () => {
  it.each([
    ['light', lightScale],
    ['dark', darkScale],
  ])('has every shade of the %s scale', (_, scale) => {
    const palette = paletteOf(scale, [0, 0, 0], [[255, 255, 255]]);
    expect(palette.length).toBeLessThanOrEqual(256);
    for (let share = -1; share <= 1; share += 1 / (3 * SHADES))
      expect(palette).toContainEqual(shadeOf(scale, share));
  });

  it('begins and ends as one, and has all its pictures', () => {
    const gif = new FilmGif([
      [0, 0, 0],
      [255, 255, 255],
    ]);
    const white = new Uint8ClampedArray(4 * 6).fill(255);
    for (const delay of delaysOf(3)) gif.add({ data: white, width: 3, height: 2 }, delay);
    const bytes = Buffer.from(gif.finish());
    expect(bytes.toString('latin1', 0, 6)).toBe('GIF89a');
    expect(bytes.at(-1)).toBe(0x3b);
    // Each picture's own block, and how long it is shown, in hundredths.
    const delays = [...bytes.keys()]
      .filter((at) => bytes.readUIntBE(Math.min(at, bytes.length - 3), 3) === 0x21f904)
      .map((at) => bytes.readUInt16LE(at + 4));
    expect(delays).toEqual([40, 40, 100]);
  });
});
