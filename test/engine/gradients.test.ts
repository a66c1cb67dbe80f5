import { describe, expect, it } from 'vitest';
import { activations, type LayerConfig } from '../../shared/config.ts';
import { compile } from '../../main/trainer/graph/compile.ts';
import { eagerGradients } from './support/eager.ts';
import { image, oneStep, relativeError, testBatch } from './support/gradients.ts';
import { convolution, dense, descent, flatten, pooling, withScores } from './support/networks.ts';

/** Every backward rule against tfjs's automatic differentiation on the same weights and images. */
const TOLERANCE = 1e-4;

async function expectSameGradients(layers: LayerConfig[], smoothing = 0): Promise<void> {
  const config = descent(layers, { labelSmoothing: smoothing });
  const batch = testBatch(5);
  const { before, after, loss } = await oneStep(config, batch);
  const { weights } = compile(config, 'float32', image);
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

const border = { top: 2, bottom: 1, left: 0, right: 3 };
// No bias before it: its gradient is zero, for the mean is taken off again, and zeros cannot be compared.
const batchNormalization = {
  type: 'batch-normalization',
  momentum: 0.9,
  epsilon: 1e-3,
  activation: 'relu',
} as const;

const cases: Record<string, LayerConfig[]> = {
  'dense, two layers': [flatten, dense(8, { activation: 'tanh' }), dense(10)],
  'convolution, same': withScores(convolution(), convolution({ filters: 4 })),
  'convolution, valid': withScores(
    convolution({ padding: 'valid' }),
    convolution({ padding: 'valid' }),
  ),
  'convolution, explicit zeros': withScores(
    convolution({ padding: border }),
    convolution({ padding: border }),
  ),
  'convolution, stride 2': withScores(
    convolution({ stride: [2, 2] }),
    convolution({ stride: [2, 2] }),
  ),
  'convolution, stride 3 by 1, valid': withScores(
    convolution(),
    convolution({ stride: [3, 1], padding: 'valid' }),
  ),
  'convolution, stride 2, explicit zeros': withScores(
    convolution(),
    convolution({ stride: [2, 2], padding: border }),
  ),
  'convolution, 2 by 5 kernel': withScores(convolution(), convolution({ kernel: [2, 5] })),
  'convolution, 1 by 1 kernel': withScores(
    convolution(),
    convolution({ kernel: [1, 1], filters: 5 }),
  ),
  'convolution without bias': withScores(convolution({ bias: false, activation: 'relu' })),
  'global average pooling': [
    convolution(),
    convolution({ filters: 10 }),
    { type: 'global-average-pooling' },
  ],
  'batch normalisation of images': withScores(
    convolution({ bias: false }),
    batchNormalization,
    convolution(),
  ),
  'batch normalisation of rows': [
    flatten,
    dense(12, { bias: false }),
    batchNormalization,
    dense(10),
  ],
};
for (const kind of ['max', 'average', 'l2'] as const) {
  for (const padding of ['same', 'valid'] as const) {
    cases[`${kind} pooling, ${padding}`] = withScores(
      convolution(),
      pooling({ kind, padding }),
      convolution(),
    );
    cases[`${kind} pooling, 3 by 2, stride 2 by 3, ${padding}`] = withScores(
      convolution(),
      pooling({ kind, padding, size: [3, 2], stride: [2, 3] }),
      convolution(),
    );
  }
}
for (const activation of activations) {
  cases[`${activation}, then max pooling`] = withScores(convolution({ activation }), pooling());
  cases[`${activation} of a dense layer`] = [flatten, dense(9, { activation }), dense(10)];
}

describe('gradients are those of automatic differentiation', () => {
  it.each(Object.entries(cases))('%s', async (_, layers) => {
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
