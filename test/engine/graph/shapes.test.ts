import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { LayerConfig } from '../../../shared/config.ts';
import { FailureError } from '../../../shared/ipc.ts';
import { networkShape, type ExampleShape } from '../../../shared/network-shape.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { tensorFlow } from '../../../main/trainer/tensorflow/tensorflow.ts';
import { fedNumbers } from '../../../main/trainer/tensorflow/feeds.ts';
import { doneStep } from '../../support/steps.ts';
import { relativeError } from '../../support/gradients.ts';
import { dense, descent } from '../../support/networks.ts';
import { imageLayers } from '../../support/random-layers.ts';

/** The shape arithmetic against the shapes that TensorFlow's own ops give, on random layer lists. */

type T4 = TensorFlow.Tensor4D;

const imageSizes = fc.tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 14 }));

/** One layer by tfjs's ops, of zeros: only the shape is looked at. */
function applied(x: TensorFlow.Tensor, layer: LayerConfig): TensorFlow.Tensor {
  const tf = tensorFlow();
  switch (layer.type) {
    case 'convolution': {
      const kernel = tf.zeros<TensorFlow.Rank.R4>([
        ...layer.kernel,
        x.shape[3] ?? 0,
        layer.filters,
      ]);
      if (typeof layer.padding === 'string')
        return tf.conv2d(x as T4, kernel, layer.stride, layer.padding);
      const { top, bottom, left, right } = layer.padding;
      const padded = tf.pad(x as T4, [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]);
      return tf.conv2d(padded, kernel, layer.stride, 'valid');
    }
    case 'pooling':
      return tf.maxPool(x as T4, layer.size, layer.stride, layer.padding);
    case 'flatten':
      return tf.reshape(x, [x.shape[0], -1]);
    case 'global-average-pooling':
      return tf.mean(x, [1, 2]);
    case 'dense':
      return tf.matMul(x, tf.zeros([x.shape[1] ?? 0, layer.units]));
    case 'dropout':
    case 'batch-normalization':
      return x;
  }
}

/** Each layer's output shape as tfjs's ops give it, for one image. */
const shapesByTensorFlow = (
  layers: readonly LayerConfig[],
  [height, width]: readonly [number, number],
): number[][] =>
  tensorFlow().tidy(() => {
    let x: TensorFlow.Tensor = tensorFlow().zeros([1, height, width, 1]);
    return layers.map((layer) => {
      x = applied(x, layer);
      return x.shape.slice(1);
    });
  });

/** Shapes by the arithmetic; the failure where it refuses. */
function shapesByArithmetic(
  layers: readonly LayerConfig[],
  [height, width]: readonly [number, number],
): { shapes: ExampleShape[]; refused: null } | { shapes: null; refused: FailureError } {
  try {
    const { layers: made } = networkShape(layers, [height, width, 1], 10);
    return { shapes: made.map(({ output }) => output), refused: null };
  } catch (error) {
    if (error instanceof FailureError) return { shapes: null, refused: error };
    throw error;
  }
}

/** Number of the first layer whose windows, counted by moving one, hold no part of the image; null where there is none. */
function firstImpossible(
  layers: readonly LayerConfig[],
  [height, width]: readonly [number, number],
): number | null {
  let size: [number, number] = [height, width];
  for (const [index, layer] of layers.entries()) {
    if (layer.type !== 'convolution' && layer.type !== 'pooling') continue;
    const window = layer.type === 'convolution' ? layer.kernel : layer.size;
    const { padding, stride } = layer;
    const along = (axis: 0 | 1): number => {
      const [input, extent, step] = [size[axis], window[axis], stride[axis]];
      if (padding === 'same') return Math.ceil(input / step);
      const rows = typeof padding === 'string' ? [0, 0] : [padding.top, padding.bottom];
      const columns = typeof padding === 'string' ? [0, 0] : [padding.left, padding.right];
      const [before = 0, after = 0] = axis === 0 ? rows : columns;
      let fits = 0;
      let reaches = false;
      for (let at = -before; at + extent <= input + after; at += step) {
        fits += 1;
        reaches ||= at < input && at + extent > 0;
      }
      return reaches ? fits : 0;
    };
    size = [along(0), along(1)];
    if (size.includes(0)) return index;
  }
  return null;
}

function softmax(scores: Float32Array): Float32Array {
  const powers = scores.map((score) => Math.exp(score - Math.max(...scores)));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

describe('random layer lists', () => {
  it('have the shapes that TensorFlow gives, or are refused at the layer that cannot be', () => {
    let possible = 0;
    let impossible = 0;
    fc.assert(
      fc.property(imageSizes, imageLayers, (size, layers) => {
        const list = [...layers, { type: 'flatten' } as const, dense(10)];
        const { shapes, refused } = shapesByArithmetic(list, size);
        const at = firstImpossible(list, size);
        if (at !== null) {
          impossible += 1;
          expect(refused?.failure.where).toBe(`network.layers.${at} (${list[at]?.type ?? ''})`);
          expect(refused?.failure.what).toMatch(/larger than the (height|width)|no window reaches/);
          return;
        }
        possible += 1;
        expect(refused).toBeNull();
        expect(shapes).toEqual(shapesByTensorFlow(list, size));
      }),
      { numRuns: 400 },
    );
    expect(possible).toBeGreaterThan(50);
    expect(impossible).toBeGreaterThan(20);
  });

  it('train and predict, with as many parameters as the arithmetic says', async () => {
    await fc.assert(
      fc.asyncProperty(imageSizes, imageLayers, fc.boolean(), async (size, layers, flat) => {
        const list: LayerConfig[] = [
          ...layers,
          { type: flat ? 'flatten' : 'global-average-pooling' },
          dense(10),
        ];
        fc.pre(firstImpossible(list, size) === null);
        const config = descent(list, { learningRate: 1e-3 });
        const [height, width] = size;
        const graph = compile(config, 'float32', { height, width, channels: 1, classes: 10 });
        const held = graph.weights.reduce(
          (sum, { shape }) => sum + shape.reduce((a, b) => a * b),
          0,
        );
        expect(graph.network.parameters).toBe(held);
        const session = await Session.open(graph);
        try {
          session.start();
          const images = new Uint8Array(3 * height * width).fill(100);
          const batch = { images, labels: Uint8Array.of(1, 2, 3), size: 3 };
          const { correct, loss } = doneStep(
            session.train(batch, 0, fedNumbers(config, 1e-3)),
          ).outcome;
          expect(correct).toBeLessThanOrEqual(3);
          expect(loss).toBeGreaterThan(0);
          const probabilities = session.predict(images.subarray(0, height * width));
          const scores = session.activations(images.subarray(0, height * width), list.length - 1);
          expect(relativeError(probabilities, softmax(scores))).toBeLessThan(1e-4);
        } finally {
          session.close();
        }
      }),
      { numRuns: 100 },
    );
  });
});
