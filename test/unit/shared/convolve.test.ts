import { describe, expect, it } from 'vitest';
import {
  convolved,
  fixedShuffle,
  kernelOf,
  metAt,
  shifted,
  standsAt,
  sumOf,
  usesOf,
  weightProducts,
  type Plane,
  type Slides,
} from '../../../shared/convolve.ts';
import { slide } from '../../../shared/sliding.ts';

const image: Plane = {
  height: 3,
  width: 3,
  values: Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]),
};
const kernel: Plane = {
  height: 3,
  width: 3,
  values: Float32Array.from([0, 0, 0, 1, 10, 100, 0, 0, 0]),
};
const same: Slides = [slide(3, 3, 1, 'same'), slide(3, 3, 1, 'same')];
const valid: Slides = [slide(3, 3, 1, 'valid'), slide(3, 3, 1, 'valid')];

describe('a convolution step by step', () => {
  it('meets pixel for pixel, zeros around the image too', () => {
    expect(standsAt(same, 0, 0)).toEqual({ row: -1, column: -1 });
    const met = metAt(image, kernel, same, 0, 0);
    expect(met.map(({ pixel }) => pixel)).toEqual([0, 0, 0, 0, 1, 2, 0, 4, 5]);
    expect(met.filter(({ isOutside }) => isOutside)).toHaveLength(5);
    expect(sumOf(met)).toBe(210);
  });

  it('makes an output as large as the slides say, with the bias on each sum', () => {
    expect(convolved(image, kernel, valid, 0.5)).toEqual({
      height: 1,
      width: 1,
      values: Float32Array.of(654.5),
    });
    expect([...convolved(image, kernel, same).values].slice(0, 3)).toEqual([210, 321, 32]);
  });

  it('is the sum of what each weight adds', () => {
    const total = new Float32Array(9);
    kernel.values.forEach((weight, k) => {
      const place = { row: Math.floor(k / 3), column: k % 3 };
      weightProducts(image, weight, same, place).values.forEach((value, at) => {
        total[at] = (total[at] ?? 0) + value;
      });
    });
    expect(total).toEqual(convolved(image, kernel, same).values);
  });
});

describe('uses of one weight', () => {
  const slides: Slides = [slide(28, 3, 1, 'same'), slide(28, 3, 1, 'same')];
  it.each([
    [1, 1, 0],
    [0, 1, 28],
    [0, 0, 55],
    [2, 2, 55],
  ])(
    'row %d, column %d of a 3×3 kernel meets the zeros %d times of 784',
    (row, column, onZeros) => {
      expect(usesOf(slides, { row, column })).toEqual({ uses: 784, onZeros });
    },
  );
  it('are as many as the outputs', () => {
    expect(usesOf(valid, { row: 0, column: 0 })).toEqual({ uses: 1, onZeros: 0 });
  });
});

it('a filter is taken out of all kernels as TensorFlow keeps them', () => {
  // [2, 1, 1, 3]
  const values = Float32Array.of(1, 2, 3, 4, 5, 6);
  expect(kernelOf(values, [2, 1, 1, 3], 1)).toEqual({
    height: 2,
    width: 1,
    values: Float32Array.of(2, 5),
  });
});

it('a moved image loses what leaves it, and gets the background', () => {
  expect([...shifted(image, 1, -1, 9).values]).toEqual([9, 9, 9, 2, 3, 9, 5, 6, 9]);
  expect(shifted(image, 0, 0)).toEqual(image);
});

it('pixels are shuffled in the same way each time, and each once', () => {
  const order = fixedShuffle(784);
  expect(order).toEqual(fixedShuffle(784));
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 784 }, (_, k) => k));
  expect([...order].filter((from, to) => from === to).length).toBeLessThan(8);
});
