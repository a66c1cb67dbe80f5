import { describe, expect, it } from 'vitest';
import { colorAt, darkScale, lightScale, paintValues } from '../../../../shared/diverging-scale.ts';
import { inkOn } from '../../../../renderer/chart/ink-on.ts';
import { kernelsOf, limitOf } from '../../../../renderer/chart/filters.ts';

describe('kernelsOf', () => {
  it('takes filters apart that lie interleaved', () => {
    const values = Float32Array.of(1, 2, 3, -4, 5, 6);
    const kernels = kernelsOf({ shape: [1, 2, 1, 3], values });
    expect(kernels.map(({ number, planes }) => [number, ...planes[0]!])).toEqual([
      [1, 1, -4],
      [2, 2, 5],
      [3, 3, 6],
    ]);
    expect(kernels[0]).toMatchObject({ height: 1, width: 2, least: -4, most: 1 });
    expect(limitOf(values)).toBe(6);
  });

  it('has a plane for each of the image’s channels, and one limit for all of them', () => {
    const values = Float32Array.of(1, 2, -6, 3, 4, 5);
    const kernels = kernelsOf({ shape: [1, 2, 3, 1], values });
    expect(kernels[0]!.planes.map((plane) => [...plane])).toEqual([
      [1, 3],
      [2, 4],
      [-6, 5],
    ]);
    expect(kernels[0]).toMatchObject({ least: -6, most: 5 });
    expect(limitOf(values)).toBe(6);
  });

  it('is empty without a network', () => {
    expect(kernelsOf({ shape: null, values: new Float32Array() })).toEqual([]);
    expect(limitOf(new Float32Array())).toBe(0);
  });
});

describe.each([
  ['light', lightScale],
  ['dark', darkScale],
])('the %s scale', (_, scale) => {
  it('is symmetric about zero and held at its ends', () => {
    expect(colorAt(scale, 0)).toEqual(scale[2]);
    expect(colorAt(scale, -7)).toEqual(scale[0]);
    expect(colorAt(scale, 7)).toEqual(scale[4]);
  });

  it('is blue below zero and orange above', () => {
    for (const share of [0.1, 0.4, 0.8, 1]) {
      const [minusRed, , minusBlue] = colorAt(scale, -share);
      const [plusRed, , plusBlue] = colorAt(scale, share);
      expect(minusBlue).toBeGreaterThan(minusRed);
      expect(plusRed).toBeGreaterThan(plusBlue);
    }
  });
});

it('paints with one limit, and zero everywhere where there is none', () => {
  expect([...paintValues([2, -2], 2, lightScale)]).toEqual([
    ...lightScale[4]!,
    255,
    ...lightScale[0]!,
    255,
  ]);
  expect([...paintValues([5], 0, lightScale)]).toEqual([...lightScale[2]!, 255]);
});

it('writes dark on light and light on dark', () => {
  expect(inkOn([255, 255, 255])).toBe('#000');
  expect(inkOn([5, 63, 128])).toBe('#fff');
});
