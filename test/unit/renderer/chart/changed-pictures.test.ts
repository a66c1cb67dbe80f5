import { describe, expect, it } from 'vitest';
import { agreementWith } from '../../../../renderer/chart/agreement.ts';
import { fieldBox } from '../../../../renderer/chart/field-box.ts';
import { changeOf } from '../../../../renderer/chart/nearest-parts.ts';
import { usualForm } from '../../../../shared/drawn-image.ts';
import { rankCorrelation } from '../../../../shared/rank-correlation.ts';

describe('rankCorrelation', () => {
  it('is 1 for the same order, −1 for the opposite, and knows ties', () => {
    expect(rankCorrelation([1, 2, 30], [0, 5, 6])).toBeCloseTo(1, 12);
    expect(rankCorrelation([1, 2, 3], [9, 4, -1])).toBeCloseTo(-1, 12);
    // Ranks 1.5, 1.5, 3 and 1, 2, 3: 1.5 / √(1.5 · 2).
    expect(rankCorrelation([1, 1, 2], [1, 2, 3])).toBeCloseTo(1.5 / Math.sqrt(3), 12);
  });

  it('is none where there is no order', () => {
    expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNull();
    expect(rankCorrelation([], [])).toBeNull();
  });
});

const form = { ...usualForm, height: 6, width: 6 };
const inverted = { ...form, appearance: { ...form.appearance, inverted: true } };

describe('agreementWith', () => {
  const pixels = new Uint8Array(36);
  // Ink in the left half: what is said of the right one does not count.
  for (let k = 0; k < 36; k++) if (k % 6 < 3) pixels[k] = 255;
  const valueOf = (k: number): number => (k % 6 < 4 ? Math.floor(k / 6) : 100 - k);
  const values = Float32Array.from({ length: 36 }, (_, k) => valueOf(k));
  const occluded = { height: 6, width: 6, values, size: 1, stride: 1, pixels };

  it('compares the order of the places that have ink', () => {
    const same = Float32Array.from({ length: 36 }, (_, k) => 2 * Math.floor(k / 6));
    expect(agreementWith({ height: 6, width: 6, values: same }, occluded, form)).toBeCloseTo(1, 9);
    const other = same.map((value) => -value);
    expect(agreementWith({ height: 6, width: 6, values: other }, occluded, form)).toBeCloseTo(
      -1,
      9,
    );
  });

  it('has nothing to compare where there is no ink', () => {
    const blank = { ...occluded, pixels: new Uint8Array(36) };
    expect(agreementWith({ height: 6, width: 6, values }, blank, form)).toBeNull();
  });
});

describe('changeOf', () => {
  const original = new Uint8Array(36);
  original.set([255, 255]);
  const changed = Float32Array.from(original);
  changed[1] = 204;
  changed[5] = 51;

  it('counts all change as a share of the ink', () => {
    const { difference, share, words, pixels } = changeOf({ original, changed, form });
    expect(share).toBeCloseTo(0.2, 6);
    expect(difference.values[1]).toBeCloseTo(-0.2, 6);
    expect(difference.values[5]).toBeCloseTo(0.2, 6);
    expect(words).toBe('Pixels with more ink: 1, with less: 1');
    expect([...pixels]).toEqual([...changed]);
  });

  it('takes dark for ink where it is', () => {
    const { difference } = changeOf({ original, changed, form: inverted });
    expect(difference.values[5]).toBeCloseTo(-0.2, 6);
  });
});

it('fieldBox is the part between the first and the last row and column', () => {
  const spans = { rows: [null, [2, 5]] as const, columns: [[0, 0]] as const };
  expect(fieldBox(spans, { row: 1, column: 0 })).toEqual({ top: 2, left: 0, height: 4, width: 1 });
  expect(fieldBox(spans, { row: 0, column: 0 })).toBeNull();
});
