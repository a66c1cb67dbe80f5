import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  colourOf,
  dashOf,
  partedAfter,
  smoothedPoints,
} from '../../../../renderer/chart/laid-over.ts';
import { differenceWords } from '../../../../renderer/text/compared-words.ts';
import type { Branch } from '../../../../shared/branch.ts';
import type { CurveColumns } from '../../../../shared/compared-runs.ts';
import { MOST_COMPARED } from '../../../../shared/train-choices.ts';

const colours = Array.from({ length: MOST_COMPARED }, (_, k) => k + 1);
const columnsOf = (losses: readonly number[]): CurveColumns => ({
  steps: Uint32Array.from(losses, (_, k) => k + 1),
  loss: Float32Array.from(losses),
  accuracy: new Float32Array(losses.length),
});

describe('a run laid over the curves', () => {
  it('is drawn with few points, in order, within what was measured, and after the step where it parted', () => {
    const losses = fc.array(fc.double({ min: 0.01, max: 5, noNaN: true }), { maxLength: 3_000 });
    fc.assert(
      fc.property(losses, fc.nat(3_000), (all, from) => {
        const points = smoothedPoints(columnsOf(all), 'loss', [], from);
        expect(points.length).toBeLessThanOrEqual(402);
        points.forEach(({ x, y }, k) => {
          expect(x).toBeGreaterThan(Math.max(from, points[k - 1]?.x ?? 0));
          expect(y).toBeGreaterThanOrEqual(Math.min(...all) - 1e-6);
          expect(y).toBeLessThanOrEqual(Math.max(...all) + 1e-6);
        });
        if (from < all.length) expect(points.at(-1)!.x).toBe(all.length);
      }),
      { numRuns: 50 },
    );
  });

  it('tells the epoch of each point, counted from 1', () => {
    const score = { loss: 1, accuracy: 0.5 };
    const epochs = [8, 16].map((step, k) => ({
      epoch: k + 1,
      step,
      train: score,
      validation: null,
    }));
    const points = smoothedPoints(columnsOf(Array<number>(20).fill(1)), 'loss', epochs, 0);
    expect(points.map(({ x, epoch }) => [x, epoch])).toEqual([
      [4, 1],
      [8, 1],
      [12, 2],
      [16, 2],
      [20, 3],
    ]);
  });

  it('parts from the run where one of them was forked', () => {
    const first: Branch = { number: 1, forks: [] };
    const second: Branch = { number: 2, forks: [{ branch: 1, step: 40 }] };
    const third: Branch = {
      number: 3,
      forks: [
        { branch: 1, step: 40 },
        { branch: 2, step: 60 },
      ],
    };
    const fourth: Branch = { number: 4, forks: [{ branch: 1, step: 10 }] };
    const afresh: Branch = { number: 5, forks: [] };
    for (const [a, b, parted] of [
      [first, second, 40],
      [second, third, 60],
      [first, third, 40],
      [third, fourth, 10],
      [first, afresh, 0],
    ] as const)
      expect([partedAfter(a, b), partedAfter(b, a)]).toEqual([parted, parted]);
  });

  it('has one of eight lines that are told apart by their dashes alone, and by 3:1 from the card in both themes', () => {
    expect(new Set(colours.map((each) => dashOf(each).join())).size).toBe(MOST_COMPARED);
    const tokens = readFileSync(
      new URL('../../../../renderer/tokens.css', import.meta.url),
      'utf8',
    );
    const [light = '', dark = ''] = tokens.split('prefers-color-scheme: dark');
    for (const theme of [light, dark]) {
      const valueOf = (name: string): string =>
        new RegExp(`${name}: (#[\\da-f]{6})`).exec(theme)?.[1] ?? '';
      const values = colours.map((each) => valueOf(colourOf(each)));
      expect(new Set(values).size).toBe(MOST_COMPARED);
      for (const value of values)
        expect(contrast(value, valueOf('--surface-card'))).toBeGreaterThanOrEqual(3);
    }
  });
});

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

it('the run is measured against another after the last epoch that both have done, by what both have', () => {
  const epoch = (number: number, loss: number, validation: number | null) => ({
    ...{ epoch: number, step: number * 8, train: { loss, accuracy: 0.9 } },
    validation: validation === null ? null : { loss: validation, accuracy: 0.95 },
  });
  const own = [epoch(1, 0.5, 0.4), epoch(2, 0.3, 0.2), epoch(3, 0.1, 0.1)];
  expect(differenceWords(own, [epoch(1, 0.6, 0.5), epoch(2, 0.3, 0.25)], 'branch 1')).toBe(
    'After epoch 2, against branch 1: validation loss 0.200 (−0.050), accuracy 95.00 % (0.00 points).',
  );
  expect(differenceWords(own, [epoch(1, 0.6, null)], 'old')).toContain(
    'training loss 0.500 (−0.100)',
  );
  expect(differenceWords(own, [], 'old')).toBe('No epoch is done yet that old has done too.');
});
