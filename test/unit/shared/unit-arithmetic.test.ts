import { describe, expect, it } from 'vitest';
import { activations } from '../../../shared/fields/choices.ts';
import { activate, softmax } from '../../../shared/activations.ts';
import type { LayerConfig } from '../../../shared/config.ts';
import { walkLayers } from '../../../shared/network-shape.ts';
import {
  computeUnit,
  indexOfUnit,
  insideOf,
  readByUnit,
  strongestChannels,
  unitAt,
  windowOfUnit,
} from '../../../shared/unit-arithmetic.ts';
import { plainActivations } from '../../support/plain-activations.ts';
import { convolution, dense, flatten, pooling } from '../../support/networks.ts';

const shapeOf = (layer: LayerConfig, input: readonly [number, number, number]) =>
  walkLayers([layer], input).shapes[0]!;
const none = { weights: new Float32Array(), bias: null, statistics: null };
/** 1, 2, 3, … */
const counted = (length: number) => Float32Array.from({ length }, (_, k) => k + 1);

describe('activate', () => {
  it.each(activations)('%s is what the tests’ own rule says', (activation) => {
    for (const x of [-7, -1.5, -0.01, 0, 0.3, 2, 7])
      expect(activate(activation, x)).toBeCloseTo(plainActivations[activation](x), 12);
  });

  it('softmax adds up to 1, keeps the order, and takes large scores', () => {
    const shares = softmax([1000, 1001, 999]);
    expect(shares[0]! + shares[1]! + shares[2]!).toBeCloseTo(1, 12);
    expect(shares[1]! / shares[0]!).toBeCloseTo(Math.E, 9);
  });
});

describe('what a unit reads', () => {
  it('a convolution reads all channels of its window, zeros where that hangs over', () => {
    const shape = shapeOf(convolution({ kernel: [3, 3], stride: [2, 2] }), [4, 5, 2]);
    const place = { row: 0, column: 2, channel: 1 };
    // 5 columns, stride 2: three places, one column of zeros before and one after.
    expect(windowOfUnit(shape, place)).toEqual({ top: 0, left: 3, height: 3, width: 3 });
    const { shape: cut, values } = readByUnit(shape, counted(40), place);
    expect(cut).toEqual([3, 3, 2]);
    expect([...values]).toEqual([7, 8, 9, 10, 0, 0, 17, 18, 19, 20, 0, 0, 27, 28, 29, 30, 0, 0]);
  });

  it('a pooling reads its own channel, without the padding', () => {
    const shape = shapeOf(pooling({ size: [2, 2], stride: [2, 2] }), [3, 3, 2]);
    const read = readByUnit(shape, counted(18), { row: 1, column: 1, channel: 1 });
    expect(read).toEqual({ shape: [1, 1, 1], values: Float32Array.of(18) });
    expect(insideOf({ top: -1, left: 2, height: 3, width: 3 }, [3, 3, 2])).toEqual({
      ...{ top: 0, left: 2, height: 2, width: 1 },
    });
  });

  it('a dense unit reads everything', () => {
    const { shapes } = walkLayers([flatten, dense(3)], [2, 2, 2]);
    const read = readByUnit(shapes[1]!, counted(8), { row: 0, column: 0, channel: 2 });
    expect(read).toEqual({ shape: [1, 1, 8], values: counted(8) });
  });

  it.each([[[4, 3, 5]], [[7]]] as [[number, number, number] | [number]][])(
    'a place in %j and its number are one another’s',
    (output) => {
      const total = output.reduce((a, b) => a * b, 1);
      for (let k = 0; k < total; k++) expect(indexOfUnit(output, unitAt(output, k))).toBe(k);
    },
  );
});

describe('what a unit computes', () => {
  it('multiplies, adds up by channel, adds the bias, and activates', () => {
    const layer = convolution({ kernel: [1, 2], activation: 'relu' });
    const read = { shape: [1, 2, 2] as [number, number, number], values: counted(4) };
    const weights = Float32Array.of(1, -1, 0.5, -2);
    const steps = computeUnit(layer, { read, weights, bias: 0.25, statistics: null });
    expect([...steps.products]).toEqual([1, -2, 1.5, -8]);
    expect([...steps.byChannel]).toEqual([2.5, -10]);
    expect(steps).toMatchObject({ sum: -7.5, before: -7.25, activation: 'relu', value: 0 });
    expect(strongestChannels(steps, 1)).toEqual([{ channel: 1, sum: -10 }]);
  });

  it.each([
    ['max', 4],
    ['average', 2.5],
    ['l2', Math.sqrt(30)],
  ] as const)('pools by %s', (kind, expected) => {
    const read = { shape: [2, 2, 1] as [number, number, number], values: counted(4) };
    expect(computeUnit(pooling({ kind }), { read, ...none }).value).toBeCloseTo(expected, 12);
  });

  it('normalises by the running statistics', () => {
    const layer: LayerConfig = {
      ...{ type: 'batch-normalization', momentum: 0.9, epsilon: 0.25, activation: 'none' },
    };
    const read = { shape: [1, 1, 1] as [number, number, number], values: Float32Array.of(5) };
    const statistics = { scale: 2, shift: 1, mean: 3, variance: 3.75 };
    expect(computeUnit(layer, { ...none, read, statistics }).value).toBe(3);
  });
});
