import { describe, expect, it } from 'vitest';
import type { LayerConfig } from '../../../shared/config.ts';
import { eagerGradients } from '../../support/eager.ts';
import { gradientCases } from '../../support/gradient-cases.ts';
import { oneStep, relativeError, testBatch } from '../../support/gradients.ts';
import {
  convolution,
  dense,
  descent,
  flatten,
  pooling,
  withScores,
} from '../../support/networks.ts';

/** Every backward rule against tfjs's automatic differentiation on the same weights and images. */
const TOLERANCE = 1e-4;

async function expectSameGradients(layers: LayerConfig[], smoothing = 0): Promise<void> {
  const config = descent(layers, { labelSmoothing: smoothing });
  const batch = testBatch(5);
  const { before, after, weights, loss } = await oneStep(config, batch);
  const values = new Map(
    weights.map(({ name, shape }) => [
      name,
      { values: before.get(name) ?? new Float32Array(), shape },
    ]),
  );
  const reference = eagerGradients(layers, values, batch, smoothing);
  expect(Math.abs(loss - reference.loss) / reference.loss).toBeLessThan(TOLERANCE);
  for (const { name } of weights) {
    const now = after.get(name);
    const gradient = before.get(name)?.map((value, k) => value - (now?.[k] ?? NaN));
    const expected = reference.gradients.get(name);
    if (!gradient || !expected) throw new Error(name);
    // What is taken off a weight is rounded to the weight's own last bit.
    expect(relativeError(gradient, expected), name).toBeLessThan(TOLERANCE);
  }
}

describe('gradients are those of automatic differentiation', () => {
  it.each(Object.entries(gradientCases))('%s', async (_, layers) => {
    await expectSameGradients(layers);
  });

  it('label smoothing', async () => {
    await expectSameGradients(withScores(convolution({ activation: 'relu' })), 0.1);
  });

  it('dropout at rate 0 changes nothing', async () => {
    await expectSameGradients([
      convolution({ activation: 'relu' }),
      pooling(),
      { type: 'dropout', rate: 0 },
      flatten,
      { type: 'dropout', rate: 0 },
      dense(10),
    ]);
  });
});
