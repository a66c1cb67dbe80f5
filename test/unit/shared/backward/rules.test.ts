import { describe, expect, it } from 'vitest';
import { activationRules, softmax } from '../../../../shared/activations.ts';
import { largestDifference } from '../../../../shared/backward/backpropagate.ts';
import { convolutionBackward, partsOfWeight } from '../../../../shared/backward/linear.ts';
import { poolBackward, poolForward } from '../../../../shared/backward/pooling.ts';
import type { LayerOf } from '../../../../shared/config.ts';
import { activations } from '../../../../shared/fields/choices.ts';
import { walkLayers } from '../../../../shared/network-shape.ts';
import { plainActivations } from '../../../support/plain-activations.ts';
import { convolution, pooling } from '../../../support/networks.ts';

/** The rules by hand; test/engine/graph/backpropagation.test.ts has them against TensorFlow. */

describe('pooling, one window of 2 by 2', () => {
  const x = [3, 0, 4, 4];
  const pooled = (kind: LayerOf<'pooling'>['kind']) => {
    const layer = pooling({ kind }) as LayerOf<'pooling'>;
    const [shape] = walkLayers([layer], [2, 2, 1]).shapes;
    return { shape: shape!, layer };
  };

  it('the maximum sends all to the first of the largest', () => {
    expect([...poolForward(pooled('max'), x)]).toEqual([4]);
    expect([...poolBackward(pooled('max'), x, [10])]).toEqual([0, 0, 10, 0]);
  });
  it('the mean shares equally', () => {
    expect([...poolForward(pooled('average'), x)]).toEqual([2.75]);
    expect([...poolBackward(pooled('average'), x, [10])]).toEqual([2.5, 2.5, 2.5, 2.5]);
  });
  it('the L2 norm gives by value, and nothing where all are 0', () => {
    const norm = Math.sqrt(41);
    expect(poolForward(pooled('l2'), x)[0]).toBeCloseTo(norm, 12);
    const shares = [...poolBackward(pooled('l2'), x, [10])];
    for (const [k, value] of x.entries()) expect(shares[k]).toBeCloseTo((10 * value) / norm, 12);
    expect([...poolBackward(pooled('l2'), [0, 0, 0, 0], [10])]).toEqual([0, 0, 0, 0]);
  });
  it('a mean at the border counts only what lies on the image', () => {
    const layer = pooling({ kind: 'average' }) as LayerOf<'pooling'>;
    const [shape] = walkLayers([layer], [3, 1, 1]).shapes;
    expect([...poolForward({ shape: shape!, layer }, [1, 2, 5])]).toEqual([1.5, 5]);
  });
});

it.each(activations.filter((name) => name !== 'none'))('%s and its slope', (name) => {
  const { of, derivative } = activationRules[name];
  for (const x of [-4, -1.5, -0.3, 0.2, 1, 3.5]) {
    expect(of(x)).toBeCloseTo(plainActivations[name](x), 12);
    expect(derivative(x)).toBeCloseTo((of(x + 1e-6) - of(x - 1e-6)) / 2e-6, 6);
  }
});

it('a shared weight’s gradient is the sum over all places', () => {
  const layer = convolution({
    kernel: [1, 1],
    filters: 1,
    padding: 'valid',
  }) as LayerOf<'convolution'>;
  const [shape] = walkLayers([layer], [2, 2, 1]).shapes;
  const back = convolutionBackward(shape!, layer, [1, 2, 3, 4], [0.5], [1, 10, 100, 1000]);
  expect([...back.weights]).toEqual([1 + 20 + 300 + 4000]);
  expect([...back.input]).toEqual([0.5, 5, 50, 500]);
  expect([...back.bias]).toEqual([1111]);
});

it('softmax of large scores is still one in all', () => {
  const [a = 0, b = 0] = softmax([1000, 999]);
  expect(a + b).toBeCloseTo(1, 12);
  expect(a / b).toBeCloseTo(Math.E, 9);
});

it('a difference is a share of the largest', () => {
  expect(largestDifference([1, 4], [1, 5])).toBe(0.2);
  expect(largestDifference([0], [0])).toBe(0);
  expect(largestDifference([1], [0])).toBe(Infinity);
  expect(largestDifference([], [1])).toBe(Infinity);
  expect(largestDifference([1e-6], [2e-6], 1)).toBe(1e-6);
});

it('what the places add is drawn, and its sum is the weight’s gradient', () => {
  const layer = convolution({ kernel: [2, 2], filters: 2 }) as LayerOf<'convolution'>;
  const [shape] = walkLayers([layer], [3, 3, 2]).shapes;
  const x = Array.from({ length: 18 }, (_, k) => Math.sin(k));
  const dy = Array.from({ length: 18 }, (_, k) => Math.cos(3 * k));
  const weights = new Array<number>(16).fill(0.5);
  const back = convolutionBackward(shape!, layer, x, weights, dy);
  const weight = { cell: 3, channel: 1, filter: 0 };
  const parts = partsOfWeight(shape!, layer, weight, x, dy);
  expect(parts).toHaveLength(9);
  // The last row and column look at zeros around the image.
  expect([...parts].map((part) => part === 0)).toEqual([0, 0, 1, 0, 0, 1, 1, 1, 1].map(Boolean));
  expect(parts.reduce((a, b) => a + b)).toBeCloseTo(back.weights[(3 * 2 + 1) * 2]!, 12);
});
