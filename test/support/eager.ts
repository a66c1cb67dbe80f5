import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Activation, LayerConfig, LayerOf } from '../../shared/config.ts';
import { networkShape } from '../../shared/network-shape.ts';
import type { Batch } from '../../main/trainer/data/batches.ts';
import { tensorFlow } from '../../main/trainer/tensorflow/tensorflow.ts';
import { image } from './gradients.ts';

type T = TensorFlow.Tensor;
type T4 = TensorFlow.Tensor4D;

/** The network as tfjs computes it, op by op, with tfjs's own automatic differentiation: an independent reference. */

function activate(x: T, activation: Activation): T {
  const tf = tensorFlow();
  switch (activation) {
    case 'none':
      return x;
    case 'relu':
      return tf.relu(x);
    case 'leaky-relu':
      return tf.leakyRelu(x, 0.2);
    case 'elu':
      return tf.elu(x);
    case 'selu':
      return tf.selu(x);
    case 'gelu':
      return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
    case 'sigmoid':
      return tf.sigmoid(x);
    case 'tanh':
      return tf.tanh(x);
  }
}

function pool(x: T4, layer: LayerOf<'pooling'>, pads: readonly (readonly [number, number])[]): T4 {
  const tf = tensorFlow();
  if (layer.kind === 'max') return tf.maxPool(x, layer.size, layer.stride, layer.padding);
  if (layer.kind === 'average') return tf.avgPool(x, layer.size, layer.stride, layer.padding);
  const [rows = [0, 0], columns = [0, 0]] = pads;
  const padded = tf.pad(tf.square(x), [[0, 0], [...rows], [...columns], [0, 0]]);
  const sums = tf.mul<T4>(
    tf.avgPool(padded, layer.size, layer.stride, 'valid'),
    layer.size[0] * layer.size[1],
  );
  return tf.sqrt<T4>(sums);
}

function convolve(x: T4, kernel: T4, layer: LayerOf<'convolution'>): T4 {
  const tf = tensorFlow();
  if (typeof layer.padding === 'string') return tf.conv2d(x, kernel, layer.stride, layer.padding);
  const { top, bottom, left, right } = layer.padding;
  const padded = tf.pad(x, [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]);
  return tf.conv2d(padded, kernel, layer.stride, 'valid');
}

function normalize(x: T, scale: T, shift: T, epsilon: number, running: [T, T] | null): T {
  const tf = tensorFlow();
  const axes = Array.from({ length: x.rank - 1 }, (_, axis) => axis);
  const batch = tf.moments(x, axes);
  const [mean, variance] = running ?? [batch.mean, batch.variance];
  const unit = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(unit, scale), shift);
}

/** What a walk through the network is given, weights by name. */
export interface EagerPass {
  layers: readonly LayerConfig[];
  weights: Map<string, T>;
  /** True: the batch's statistics; false: the running ones. */
  training: boolean;
}

/** Each layer's output for `input`, which is what layer `from` is given; layers before it are left out. */
export function eagerOutputs({ layers, weights, training }: EagerPass, input: T, from = 0): T[] {
  const tf = tensorFlow();
  const shapes = networkShape(layers, [image.height, image.width, image.channels], image.classes);
  const counts = new Map<string, number>();
  let x = input;
  return shapes.layers.flatMap(({ layer, pads }, index) => {
    const prefix = layer.type.replace('-', '_');
    counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    if (index < from) return [];
    const named = (part: string): T => {
      const weight = weights.get(`${prefix}_${counts.get(prefix) ?? 0}/${part}`);
      if (!weight) throw new Error(`no ${prefix} ${part}`);
      return weight;
    };
    switch (layer.type) {
      case 'convolution':
      case 'dense': {
        const w = named('weights');
        x = layer.type === 'dense' ? tf.matMul(x, w) : convolve(x as T4, w as T4, layer);
        if (layer.bias) x = tf.add(x, named('bias'));
        x = activate(x, layer.activation);
        break;
      }
      case 'pooling':
        x = pool(x as T4, layer, [pads.height, pads.width]);
        break;
      case 'batch-normalization': {
        const running: [T, T] | null = training ? null : [named('mean'), named('variance')];
        x = normalize(x, named('scale'), named('shift'), layer.epsilon, running);
        x = activate(x, layer.activation);
        break;
      }
      case 'flatten':
        x = tf.reshape(x, [x.shape[0], -1]);
        break;
      case 'global-average-pooling':
        x = tf.mean(x, [1, 2]);
        break;
      case 'dropout':
        break;
    }
    return [x];
  });
}

/** Scores [N, classes] for what layer `from` is given. */
export function eagerLogits(pass: EagerPass, input: T, from = 0): T {
  return eagerOutputs(pass, input, from).at(-1) ?? input;
}

/** Loss, and its gradient with respect to each weight, by tfjs's automatic differentiation. */
export function eagerGradients(
  layers: readonly LayerConfig[],
  values: Map<string, { values: Float32Array; shape: readonly number[] }>,
  batch: Batch,
  smoothing = 0,
): { loss: number; gradients: Map<string, Float32Array> } {
  const tf = tensorFlow();
  const names = [...values.keys()];
  const tensors = names.map((name) => {
    const entry = values.get(name);
    if (!entry) throw new Error(name);
    return tf.tensor(entry.values, [...entry.shape]);
  });
  const shape: [number, number, number, number] = [batch.size, image.height, image.width, 1];
  const pixels = tf.tensor4d(
    Float32Array.from(batch.images, (byte) => byte / 255),
    shape,
  );
  const labels = tf.oneHot(Int32Array.from(batch.labels), image.classes);
  const loss = (...weights: T[]): TensorFlow.Scalar => {
    const named = new Map(names.map((n, k) => [n, weights[k] ?? pixels]));
    const logits = eagerLogits({ layers, weights: named, training: true }, pixels);
    return tf.losses.softmaxCrossEntropy(labels, logits, undefined, smoothing);
  };
  const { value, grads } = tf.valueAndGrads(loss)(tensors);
  return {
    loss: value.dataSync()[0] ?? NaN,
    gradients: new Map(names.map((name, k) => [name, grads[k]?.dataSync() as Float32Array])),
  };
}
