import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayerValues } from '../../../../renderer/chart/activation-maps.ts';
import {
  boxOfUnit,
  coloursOf,
  paintSheet,
  sheetOf,
  sheetSize,
  unitAtPoint,
  unitByKey,
} from '../../../../renderer/chart/map-sheet.ts';
import { colorAt, lightScale } from '../../../../shared/diverging-scale.ts';

const answerOf = (height: number, width: number, channels: number): LayerValues => ({
  index: 0,
  shape: [height, width, channels],
  values: Float32Array.from({ length: height * width * channels }, (_, k) => k - 20),
});

describe('a sheet of maps', () => {
  it('has twelve maps in a row, no more than are asked for, and large ones thinned', () => {
    expect(sheetOf(answerOf(2, 3, 30), 24)).toMatchObject({ columns: 12, rows: 2, maps: 24 });
    expect(sheetOf(answerOf(2, 3, 30), Infinity)).toMatchObject({ rows: 3, maps: 30 });
    const large = sheetOf(answerOf(200, 100, 1), 24);
    expect(large.stride).toBe(3);
    expect(sheetSize(large)).toEqual([67, 34 * 12]);
  });

  it('paints each value in its map, by the colours of the scale, and leaves the rest clear', () => {
    const answer = answerOf(2, 3, 13);
    const sheet = sheetOf(answer, 24);
    const bytes = paintSheet(answer, sheet, 20, coloursOf(lightScale));
    const [, width] = sheetSize(sheet);
    const colourAt = (row: number, column: number) => [
      ...bytes.subarray((row * width + column) * 4, (row * width + column) * 4 + 4),
    ];
    const expected = (value: number) => [...colorAt(lightScale, value / 20), 255];
    const near = (got: number[], value: number) =>
      got.forEach((byte, k) => expect(Math.abs(byte - expected(value)[k]!)).toBeLessThanOrEqual(2));
    // Row 1, column 2 of channel 4, and row 0, column 1 of channel 12, which is in the second row.
    near(colourAt(0, 4 * 3 + 1), 13 + 4 - 20);
    // Beyond the end of the scale: its last colour.
    near(colourAt(1, 4 * 3 + 2), 20);
    near(colourAt(2, 1), 13 + 12 - 20);
    expect(colourAt(3, 3)).toEqual([0, 0, 0, 0]);
  });

  it('finds the unit at each point, and marks it where that point is', () => {
    fc.assert(
      fc.property(
        fc.record({
          height: fc.integer({ min: 1, max: 9 }),
          width: fc.integer({ min: 1, max: 9 }),
          channels: fc.integer({ min: 1, max: 40 }),
        }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        ({ height, width, channels }, x, y) => {
          const sheet = sheetOf(answerOf(height, width, channels), 24);
          const unit = unitAtPoint(sheet, x, y);
          if (unit === null) return;
          for (const whole of [true, false]) {
            const box = boxOfUnit(sheet, unit, whole);
            expect(x).toBeGreaterThanOrEqual(box.left - 1e-9);
            expect(x).toBeLessThanOrEqual(box.left + box.width + 1e-9);
            expect(y).toBeGreaterThanOrEqual(box.top - 1e-9);
            expect(y).toBeLessThanOrEqual(box.top + box.height + 1e-9);
          }
        },
      ),
    );
  });

  it('has no unit beyond its last map, nor outside', () => {
    const sheet = sheetOf(answerOf(2, 2, 13), 24);
    expect(unitAtPoint(sheet, 0.01, 0.99)).toMatchObject({ channel: 12 });
    expect(unitAtPoint(sheet, 0.5, 0.99)).toBeNull();
    expect(unitAtPoint(sheet, 1, 0.1)).toBeNull();
    expect(unitAtPoint(sheet, -0.1, 0.1)).toBeNull();
  });

  it('is walked by keys: over an edge into the next map, and not beyond the last', () => {
    const sheet = sheetOf(answerOf(2, 3, 13), 24);
    const at = (row: number, column: number, channel: number) => ({ row, column, channel });
    expect(unitByKey(sheet, at(0, 1, 0), 'ArrowRight')).toEqual(at(0, 2, 0));
    expect(unitByKey(sheet, at(1, 2, 4), 'ArrowRight')).toEqual(at(1, 0, 5));
    expect(unitByKey(sheet, at(1, 0, 5), 'ArrowLeft')).toEqual(at(1, 2, 4));
    expect(unitByKey(sheet, at(1, 2, 0), 'ArrowDown')).toEqual(at(0, 2, 12));
    expect(unitByKey(sheet, at(0, 2, 12), 'ArrowUp')).toEqual(at(1, 2, 0));
    expect(unitByKey(sheet, at(1, 1, 3), 'PageDown')).toEqual(at(1, 1, 4));
    expect(unitByKey(sheet, at(1, 1, 0), 'PageUp')).toBeNull();
    expect(unitByKey(sheet, at(1, 2, 1), 'ArrowDown')).toBeNull();
    expect(unitByKey(sheet, at(0, 0, 3), 'End')).toEqual(at(1, 2, 12));
    expect(unitByKey(sheet, at(0, 0, 3), 'a')).toBeNull();
  });

  it('shows a row of units whole, as a strip', () => {
    const sheet = sheetOf({ index: 0, shape: [625], values: new Float32Array(625) }, 24);
    expect(sheet).toMatchObject({ maps: 625, height: 1, width: 1 });
    expect(unitAtPoint(sheet, 0, 0)).toEqual({ row: 0, column: 0, channel: 0 });
  });
});
