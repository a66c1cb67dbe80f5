import { expect, it } from 'vitest';
import { backpropagate } from '../../../shared/backward/backpropagate.ts';
import type { LayerConfig } from '../../../shared/config.ts';
import type { ImageShape } from '../../../shared/network-shape.ts';
import { mnistData, seedNetwork } from '../../../shared/preset-networks.ts';
import { questions } from '../../../shared/questions.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { answerQuestion } from '../../../main/trainer/tensorflow/answer-question.ts';
import { fedNumbers } from '../../../main/trainer/tensorflow/feeds.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { image as smallImage, relativeError, testBatch } from '../../support/gradients.ts';
import { convolution, dense, descent, flatten, pooling } from '../../support/networks.ts';

/** The window's own rules against TensorFlow: every gradient of one example, of three networks that together have every kind of layer. */

const normalization = {
  type: 'batch-normalization',
  momentum: 0.9,
  epsilon: 1e-3,
  activation: 'elu',
} as const;

const cases: [string, LayerConfig[], ImageShape][] = [
  ['the seed network', seedNetwork().layers, mnistData],
  [
    'means, norms, strides and rivals of ReLU',
    [
      convolution({ activation: 'gelu', stride: [1, 2] }),
      pooling({ kind: 'average', size: [3, 2], stride: [2, 1] }),
      convolution({ activation: 'leaky-relu', padding: { top: 2, bottom: 1, left: 0, right: 3 } }),
      pooling({ kind: 'l2' }),
      normalization,
      flatten,
      dense(12, { activation: 'selu' }),
      dense(9, { activation: 'sigmoid' }),
      dense(10),
    ],
    smallImage,
  ],
  [
    'overlapping maxima, tanh and a global mean',
    [
      convolution({ activation: 'relu' }),
      pooling({ size: [3, 3], stride: [1, 1] }),
      { type: 'dropout', rate: 0.4 },
      convolution({ activation: 'tanh', padding: 'valid', bias: false }),
      convolution({ filters: 10 }),
      { type: 'global-average-pooling' },
    ],
    smallImage,
  ],
];

/** A step of seeded noise, so that running statistics are not what they started from. */
async function trained(layers: LayerConfig[], image: ImageShape): Promise<Session> {
  const config = descent(layers, { learningRate: 0.01 });
  const session = await Session.open(compile(config, 'float32', image));
  session.start();
  session.train(batchOf(8, 5, image), 0, fedNumbers(config, 0.01));
  return session;
}

function batchOf(count: number, seed: number, image: ImageShape) {
  if (image === smallImage) return testBatch(count, seed);
  const images = Uint8Array.from(
    { length: count * image.height * image.width },
    (_, k) => ((k * 2654435761 + seed) >>> 13) & 255,
  );
  const labels = Uint8Array.from({ length: count }, (_, k) => k % 10);
  return { images, labels, size: count };
}

it.each(cases)(
  '%s: each gradient is the engine’s within float32 rounding',
  async (_, layers, image) => {
    const session = await trained(layers, image);
    const pixels = batchOf(1, 3, image).images;
    const { height, width, channels } = image;
    const picture = { height, width, channels, pixels };
    const answer = answerQuestion(session, { type: 'backpropagation', image: picture, class: 4 });
    if (answer.type !== 'backpropagation') throw new Error(answer.type);
    const brightness = Float64Array.from(pixels, (byte) => byte / 255);
    const way = backpropagate(session.graph.network.layers, answer, brightness, 4)!;
    for (const [k, { differences }] of way.layers.entries())
      for (const [of, difference] of Object.entries(differences))
        expect(difference ?? 0, `${of} of layer ${k}`).toBeLessThan(2e-6);
    expect(way.imageDifference).toBeLessThan(2e-6);
    // Nothing would differ where nothing flows.
    expect(answer.imageGradient.some((value) => value !== 0)).toBe(true);
    for (const [k, { output }] of answer.layers.entries())
      expect(relativeError(output, session.activations(pixels, k))).toBeLessThan(2e-6);
    expect(answer.loss).toBeCloseTo(-Math.log(way.probabilities[4]!), 4);
    session.close();
  },
);

it('there is an empty answer where there is no network', () => {
  const picture = { height: 1, width: 1, channels: 1, pixels: new Uint8Array(1) };
  expect(answerQuestion(null, { type: 'backpropagation', image: picture, class: 0 })).toEqual(
    questions.backpropagation.empty,
  );
});
