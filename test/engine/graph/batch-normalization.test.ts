import { describe, expect, it } from 'vitest';
import type { LayerConfig } from '../../../shared/config.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { fedNumbers } from '../../../main/trainer/tensorflow/feeds.ts';
import { image, oneStep, relativeError, testBatch } from '../../support/gradients.ts';
import {
  convolution,
  dense,
  descent,
  flatten,
  pooling,
  withScores,
} from '../../support/networks.ts';
import {
  channelStatistics,
  plainOutputs,
  plainPixels,
  type PlainPass,
} from '../../support/plain-network.ts';

/** Running statistics over two steps in plain numbers, and prediction by them. */

const MOMENTUM = 0.8;
const TOLERANCE = 1e-5;
const RATE = 0.1;

const normalization: LayerConfig = {
  type: 'batch-normalization',
  momentum: MOMENTUM,
  epsilon: 1e-3,
  activation: 'tanh',
};

const average = pooling({ kind: 'average' });

const networks: [string, LayerConfig[]][] = [
  ['images', withScores(convolution({ stride: [2, 2] }), normalization)],
  ['rows', [flatten, dense(6), normalization, dense(10)]],
];

type Variables = ReadonlyMap<string, Float32Array>;

const passOf = (layers: LayerConfig[], variables: Variables, training: boolean): PlainPass => ({
  layers,
  weights: new Map([...variables].map(([name, values]) => [name, Float64Array.from(values)])),
  training,
  masks: [],
});

const running = (variables: Variables, part: string): Float32Array =>
  variables.get(`batch_normalization_1/${part}`)!;

const softmax = (scores: Float64Array): Float64Array => {
  const powers = scores.map(Math.exp);
  const total = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / total);
};

describe.each(networks)('of %s', (_, layers) => {
  it('running statistics move to the batch’s by 1 − momentum, and prediction goes by them', async () => {
    const config = descent(layers, { learningRate: RATE });
    const session = await Session.open(compile(config, 'float32', image));
    session.start();
    expect(running(session.variables(), 'mean').every((value) => value === 0)).toBe(true);
    expect(running(session.variables(), 'variance').every((value) => value === 1)).toBe(true);
    const at = layers.indexOf(normalization);
    for (const step of [0, 1]) {
      const batch = testBatch(5, step + 1);
      const before = session.variables();
      session.train(batch, step, fedNumbers(config, RATE));
      const after = session.variables();
      const given = plainOutputs(passOf(layers, before, true), plainPixels(batch))[at - 1]!;
      const { mean, variance } = channelStatistics(given);
      const each = given.values.length / mean.length;
      const unbiased = variance.map((value) => (value * each) / (each - 1));
      for (const [part, batchs] of Object.entries({ mean, variance: unbiased })) {
        const old = running(before, part);
        const moved = batchs.map((value, c) => MOMENTUM * old[c]! + (1 - MOMENTUM) * value);
        expect(relativeError(running(after, part), moved), part).toBeLessThan(TOLERANCE);
      }
    }
    const picture = testBatch(1, 9);
    const predicted = passOf(layers, session.variables(), false);
    const scores = plainOutputs(predicted, plainPixels(picture)).at(-1)!;
    expect(relativeError(session.predict(picture.images), softmax(scores.values))).toBeLessThan(
      TOLERANCE,
    );
    // And evaluation the same: of one image, the loss is −log of its label's probability.
    const { loss } = session.evaluate(picture);
    const expected = -Math.log(softmax(scores.values)[picture.labels[0]!]!);
    expect(Math.abs(loss / expected - 1)).toBeLessThan(TOLERANCE);
    session.close();
  });
});

const before: [string, LayerConfig[], name: string][] = [
  ['a convolution', withScores(convolution(), normalization), 'convolution_1/bias'],
  ['average pooling', withScores(convolution(), average, normalization), 'convolution_1/bias'],
  ['a dense layer', [flatten, dense(6), normalization, dense(10)], 'dense_1/bias'],
];

it.each(before)('the bias before it, of %s, stays what it is', async (_, layers, name) => {
  const { before: start, after } = await oneStep(descent(layers), testBatch(5));
  expect(after.get(name)).toEqual(start.get(name));
  expect(after.get(name.replace('bias', 'weights'))).not.toEqual(
    start.get(name.replace('bias', 'weights')),
  );
});

it('a bias before it learns where something lies between that takes no mean as it is', async () => {
  const layers = withScores(convolution({ activation: 'tanh' }), normalization);
  const { before: start, after } = await oneStep(descent(layers), testBatch(5));
  expect(after.get('convolution_1/bias')).not.toEqual(start.get('convolution_1/bias'));
});
