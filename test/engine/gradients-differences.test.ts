import { describe, expect, it } from 'vitest';
import type { LayerConfig, RunConfig } from '../../shared/config.ts';
import { smoothCases } from './support/gradient-cases.ts';
import { testBatch } from './support/gradients.ts';
import { lossFunction, type Values } from './support/losses.ts';
import { convolution, dense, descent, flatten, pooling, withScores } from './support/networks.ts';

/**
 * Every backward rule against central differences of the loss that the engine itself computes, along one direction for each
 * weight: half the gradient's own, so that there is something to see, half a random one, so that a part left out shows.
 */

/** Length of a step along the direction: longer, and the third derivative shows; shorter, and float32's last bit does. */
const STEP = 0.02;
/** What float32's last bit, some 2e-7 of the loss, leaves of a slope measured with it. */
const TOLERANCE = 5e-4;

function unit(values: Float32Array): Float32Array {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return values.map((value) => value / length);
}

function direction(gradient: Float32Array): Float32Array {
  let state = 7;
  const random = unit(
    gradient.map(() => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state / 2147483648 - 0.5;
    }),
  );
  const along = unit(gradient);
  return unit(random.map((value, k) => value + (along[k] ?? NaN)));
}

/** For each weight: slope by differences, slope by the gradient. */
async function slopes(config: RunConfig): Promise<[name: string, number, number][]> {
  const loss = await lossFunction(config, testBatch(5));
  try {
    return [...loss.gradient].map(([name, gradient]) => {
      const to = direction(gradient);
      const moved = (length: number): Values => {
        const weights = loss.start.get(name) ?? new Float32Array();
        return new Map(loss.start).set(
          name,
          weights.map((w, k) => w + length * (to[k] ?? NaN)),
        );
      };
      const slope = (h: number): number => (loss.at(moved(h)) - loss.at(moved(-h))) / (2 * h);
      // Richardson's extrapolation takes the third derivative out.
      const measured = (4 * slope(STEP) - slope(2 * STEP)) / 3;
      return [name, measured, gradient.reduce((sum, g, k) => sum + g * (to[k] ?? NaN), 0)];
    });
  } finally {
    await loss.close();
  }
}

async function expectSlopes(config: RunConfig, tolerance = TOLERANCE): Promise<void> {
  for (const [name, measured, expected] of await slopes(config))
    expect(Math.abs(measured - expected) / Math.abs(expected), name).toBeLessThan(tolerance);
}

const dropout = (rate: number): LayerConfig => ({ type: 'dropout', rate });

describe('gradients are those of central differences', () => {
  it.each(Object.entries(smoothCases))('%s', async (_, layers) => {
    await expectSlopes(descent(layers));
  });

  it('label smoothing', async () => {
    await expectSlopes(
      descent(withScores(convolution({ activation: 'tanh' })), { labelSmoothing: 0.2 }),
    );
  });
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
  ])('dropout %s', async (_, layers) => {
    await expectSlopes(descent(layers));
  });

  // One piece with ReLU, whose kink some of the units cross on the way: differences are not so fine there.
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
    await expectSlopes(descent(layers), 0.03);
  });
});
