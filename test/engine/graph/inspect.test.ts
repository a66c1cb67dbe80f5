import type * as TensorFlow from '@tensorflow/tfjs-node';
import { describe, expect, it } from 'vitest';
import type { LayerConfig } from '../../../shared/config.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { tensorFlow } from '../../../main/trainer/tensorflow/tensorflow.ts';
import { fedNumbers } from '../../../main/trainer/tensorflow/feeds.ts';
import { eagerLogits, eagerOutputs, type EagerPass } from '../../support/eager.ts';
import { gradientCases } from '../../support/gradient-cases.ts';
import { image, relativeError, testBatch } from '../../support/gradients.ts';
import { convolution, dense, descent, flatten, pooling } from '../../support/networks.ts';
import { widestPossible } from '../../support/side-by-side.ts';

/** What can be seen of a network, against tfjs op by op and its automatic differentiation, at the same weights. */
const TOLERANCE = 1e-4;

type T = TensorFlow.Tensor;

interface Seen {
  session: Session;
  /** The same network in tfjs. */
  pass: EagerPass;
  picture: Uint8Array;
  /** The picture as the network takes it. */
  input: T;
}

/** A network after two steps, so that running statistics are not what they started from, and a picture. */
async function seen(layers: LayerConfig[]): Promise<Seen> {
  const tf = tensorFlow();
  const config = descent(layers, { learningRate: 0.01 });
  const graph = compile(config, 'float32', image);
  const session = await Session.open(graph);
  session.start();
  for (const step of [0, 1]) session.train(testBatch(8, step + 5), step, fedNumbers(config, 0.01));
  const values = session.variables();
  const weights = new Map(
    graph.variables
      .filter(({ name }) => values.has(name))
      .map(({ name, shape }) => [name, tf.tensor(values.get(name)!, [...shape])]),
  );
  const picture = testBatch(1, 3).images;
  const unit = Float32Array.from(picture, (byte) => byte / 255);
  const input = tf.tensor(unit, [1, image.height, image.width, image.channels]);
  return { session, pass: { layers, weights, training: false }, picture, input };
}

const floats = (tensor: T): Float32Array => tensor.dataSync<'float32'>();

/** Gradient of a class's score with respect to what layer `from` is given. */
function scoreGradient(pass: EagerPass, input: T, of: number, from = 0): T {
  const tf = tensorFlow();
  const score = (x: T): T => tf.gather(tf.reshape(eagerLogits(pass, x, from), [-1]), of);
  return tf.grad(score)(input);
}

/** ReLU(Σ α A), α the mean of each channel's gradient: the definition, in plain numbers. */
function definedGradCam(activations: Float32Array, gradient: Float32Array, channels: number) {
  const places = activations.length / channels;
  const map = new Float32Array(places);
  for (let c = 0; c < channels; c++) {
    let alpha = 0;
    for (let place = 0; place < places; place++) alpha += gradient[place * channels + c]! / places;
    for (let place = 0; place < places; place++)
      map[place]! += alpha * activations[place * channels + c]!;
  }
  return map.map((value) => Math.max(value, 0));
}

const everyLayer: [string, LayerConfig[]][] = [
  ...Object.entries(gradientCases),
  [
    'dropout, which prediction leaves out',
    [
      { type: 'dropout', rate: 0.4 },
      convolution({ activation: 'relu' }),
      pooling(),
      { type: 'dropout', rate: 0.3 },
      flatten,
      dense(9, { activation: 'relu' }),
      { type: 'dropout', rate: 0.5 },
      dense(10),
    ],
  ],
];

describe.each(everyLayer)('%s', (_, layers) => {
  it('shows every layer’s output, the image’s gradient and Grad-CAM as they are', async () => {
    const { session, pass, picture, input } = await seen(layers);
    try {
      const outputs = eagerOutputs(pass, input);
      for (const [k, output] of outputs.entries()) {
        expect(
          relativeError(session.activations(picture, k), floats(output)),
          `layer ${k}`,
        ).toBeLessThan(TOLERANCE);
      }
      const scores = floats(outputs.at(-1)!);
      const winner = scores.indexOf(Math.max(...scores));
      for (const asked of [null, 3]) {
        const of = asked ?? winner;
        const saliency = session.saliency(picture, asked);
        expect(saliency.class).toBe(of);
        const expected = floats(scoreGradient(pass, input, of));
        expect(relativeError(saliency.values, expected), 'saliency').toBeLessThan(TOLERANCE);
        for (const [k, output] of outputs.entries()) {
          if (output.rank !== 4) continue;
          const gradient = floats(scoreGradient(pass, output, of, k + 1));
          const map = definedGradCam(floats(output), gradient, output.shape[3]!);
          const view = session.gradCam(picture, asked, k);
          expect(view.class).toBe(of);
          expect(relativeError(view.values, map), `Grad-CAM at ${k}`).toBeLessThan(TOLERANCE);
        }
      }
    } finally {
      session.close();
    }
  });
});

const normalization: LayerConfig = {
  type: 'batch-normalization',
  momentum: 0.9,
  epsilon: 1e-3,
  activation: 'none',
};

it.each<[string, LayerConfig[]]>([
  [
    'a dropout, a pooling and a batch normalisation',
    [{ type: 'dropout', rate: 0.2 }, pooling(), normalization],
  ],
  ['nothing', []],
])('the first filters are those of the first convolution, after %s', async (_, before) => {
  const first = convolution({ kernel: [3, 2], filters: 4 });
  const { session } = await seen([...before, first, convolution(), flatten, dense(10)]);
  expect(session.kernels.shape).toEqual([3, 2, image.channels, 4]);
  expect(session.kernels.values()).toEqual(session.variables().get('convolution_1/weights'));
  session.close();
});

it('there are no first filters where there is no convolution', async () => {
  const { session } = await seen([pooling(), flatten, dense(9), dense(10)]);
  expect(session.kernels.shape).toBeNull();
  expect(session.kernels.values()).toEqual(new Float32Array());
  session.close();
});

it('the class that wins is the one that a run in bfloat16 answers, however close', async () => {
  const layers = [convolution({ activation: 'relu' }), pooling(), flatten, dense(10)];
  const session = await Session.open(
    compile(descent(layers), 'bfloat16', image, widestPossible('bfloat16')),
  );
  session.start();
  const winner = (picture: Uint8Array): number => {
    const probabilities = session.predict(picture);
    return probabilities.indexOf(Math.max(...probabilities));
  };
  let ties = 0;
  for (let k = 0; k < 60; k++) {
    const [a, b] = [testBatch(1, k).images, testBatch(1, k + 1).images];
    if (winner(a) === winner(b)) continue;
    ties++;
    const blend = (share: number): Uint8Array =>
      a.map((value, pixel) => value + ((b[pixel]! - value) * share) / 256);
    // Two pictures hardly apart, between which the answer changes.
    let [low, high] = [0, 256];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (winner(blend(middle)) === winner(a)) low = middle;
      else high = middle;
    }
    for (const picture of [blend(low), blend(high)]) {
      expect(session.saliency(picture, null).class).toBe(winner(picture));
      expect(session.gradCam(picture, null, 0).class).toBe(winner(picture));
    }
  }
  expect(ties).toBeGreaterThan(10);
  session.close();
});

it('the last layer’s output is what the probabilities are the softmax of', async () => {
  const { session, picture } = await seen([
    convolution({ activation: 'relu' }),
    pooling(),
    flatten,
    dense(10),
  ]);
  const scores = session.activations(picture, 3);
  const powers = scores.map((score) => Math.exp(score - Math.max(...scores)));
  const total = powers.reduce((a, b) => a + b);
  const expected = powers.map((power) => power / total);
  expect(relativeError(session.predict(picture), expected)).toBeLessThan(1e-5);
  session.close();
});
