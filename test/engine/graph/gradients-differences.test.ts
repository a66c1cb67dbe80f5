import { describe, expect, it } from 'vitest';
import type { LayerConfig, RunConfig } from '../../../shared/config.ts';
import { layerNames } from '../../../shared/layer-names.ts';
import { gradientCases } from '../../support/gradient-cases.ts';
import { oneStep, relativeError, testBatch, type Step } from '../../support/gradients.ts';
import { engineMasks } from '../../support/masks.ts';
import {
  convolution,
  dense,
  descent,
  flatten,
  pooling,
  withScores,
} from '../../support/networks.ts';
import {
  plainLoss,
  plainOutputs,
  plainPixels,
  type PlainPass,
} from '../../support/plain-network.ts';

/**
 * Every backward rule against central differences of a forward pass in plain numbers of 64 bits. Those leave room for a step so
 * short that a kink, of a ReLU or a maximum, does not lie within it.
 */
const TOLERANCE = 1e-4;
const STEP = 1e-7;
/** So many of each variable, all where it has no more. */
const MOST = 40;

/** Different ones of `count` indices, by a small fixed recurrence. */
function some(count: number): number[] {
  if (count <= MOST) return Array.from({ length: count }, (_, k) => k);
  const chosen = new Set<number>();
  for (let state = 7; chosen.size < MOST;) {
    state = (state * 1103515245 + 12345) % 2147483648;
    chosen.add((state >> 8) % count);
  }
  return [...chosen];
}

async function expectDifferences(config: RunConfig, earlier: number[] = []): Promise<Step> {
  const batch = testBatch(5);
  const { layers } = config.network;
  const step = await oneStep(config, batch, 'float32', earlier);
  const masks = await engineMasks(config, batch.size);
  const weights = new Map(
    [...step.before].map(([name, values]) => [name, Float64Array.from(values)]),
  );
  const pass: PlainPass = { layers, weights, training: true, masks };
  const inputs = [plainPixels(batch), ...plainOutputs(pass, plainPixels(batch))];
  const lossFrom = (layer: number): number =>
    plainLoss(
      plainOutputs(pass, inputs[layer]!, layer).at(-1)!,
      batch.labels,
      config.optimizer.labelSmoothing,
    );
  expect(Math.abs(lossFrom(0) / step.loss - 1)).toBeLessThan(1e-6);
  for (const { name } of step.weights) {
    const layer = layerNames(layers).indexOf(name.split('/')[0]!);
    const values = weights.get(name)!;
    const chosen = some(values.length);
    const slopes = chosen.map((k) => {
      const value = values[k]!;
      const [above, below] = [value + STEP, value - STEP].map((moved) => {
        values[k] = moved;
        return lossFrom(layer);
      });
      values[k] = value;
      return (above! - below!) / (2 * STEP);
    });
    const gradient = chosen.map((k) => step.before.get(name)![k]! - step.after.get(name)![k]!);
    expect(relativeError(gradient, slopes), name).toBeLessThan(TOLERANCE);
  }
  return step;
}

const dropout = (rate: number): LayerConfig => ({ type: 'dropout', rate });

describe('gradients are those of central differences', () => {
  it.each(Object.entries(gradientCases))('%s', async (_, layers) => {
    await expectDifferences(descent(layers));
  });

  it('label smoothing', async () => {
    await expectDifferences(
      descent(withScores(convolution({ activation: 'tanh' })), { labelSmoothing: 0.2 }),
    );
  });
});

it('are so for a maximum of what a factor below zero has turned', async () => {
  const layers = gradientCases['batch normalisation and ReLU, then max pooling']!;
  const { before } = await expectDifferences(descent(layers), [0.2]);
  const factors = [...before.get('batch_normalization_1/scale')!];
  expect(factors.some((factor) => factor < -0.01)).toBe(true);
  expect(factors.some((factor) => factor > 0.01)).toBe(true);
});

describe('a mask that stays the same for the step is part of the gradient', () => {
  it.each<[string, LayerConfig[]]>([
    ['of pixels', [dropout(0.3), ...withScores(convolution({ activation: 'tanh' }))]],
    ['of an image', withScores(convolution({ activation: 'tanh' }), dropout(0.5), convolution())],
    ['twice', withScores(convolution({ activation: 'tanh' }), dropout(0.5), dropout(0.2))],
    [
      'after average pooling',
      withScores(convolution({ activation: 'gelu' }), pooling({ kind: 'average' }), dropout(0.4)),
    ],
    [
      'of rows',
      [flatten, dense(16, { activation: 'sigmoid' }), dropout(0.5), dense(10), dropout(0.1)],
    ],
    ['at rate 0', withScores(convolution({ activation: 'relu' }), dropout(0))],
  ])('dropout %s', async (_, layers) => {
    await expectDifferences(descent(layers));
  });

  // One piece with ReLU.
  it.each<[string, LayerConfig[]]>([
    ['a convolution', withScores(convolution({ bias: false, activation: 'relu' }), dropout(0.3))],
    [
      'a pooled convolution with bias',
      withScores(convolution({ activation: 'relu' }), pooling(), dropout(0.5), convolution()),
    ],
    [
      'a pooled convolution, then a dense layer',
      [
        convolution({ bias: false, activation: 'relu' }),
        pooling(),
        dropout(0.2),
        flatten,
        dense(20, { bias: false, activation: 'relu' }),
        dropout(0.5),
        dense(10),
      ],
    ],
  ])('dropout and ReLU of %s', async (_, layers) => {
    await expectDifferences(descent(layers));
  });
});
