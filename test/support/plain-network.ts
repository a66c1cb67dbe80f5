import type { LayerConfig } from '../../shared/config.ts';
import { layerNames } from '../../shared/layer-names.ts';
import type { Batch } from '../../main/trainer/data/batches.ts';
import type { Labels } from '../../main/trainer/data/examples.ts';
import { image } from './gradients.ts';
import { plainActivations } from './plain-activations.ts';
import { plainConvolution, plainPooling, windowOf, type ImageSize } from './plain-windows.ts';

/** The network's forward pass as loops over plain numbers of 64 bits: it shares nothing with the engine but the list of layers. */

/** A batch [N, …shape]. */
export interface Values {
  shape: ImageSize | readonly [units: number];
  values: Float64Array;
}

export interface PlainPass {
  layers: readonly LayerConfig[];
  /** By the engine's names. */
  weights: ReadonlyMap<string, Float64Array>;
  /** True: the batch's statistics, and dropout; false: the running ones, and none. */
  training: boolean;
  /** Of each dropout, which of the batch's units it keeps. */
  masks: readonly (readonly boolean[])[];
}

/** Of each channel, the last axis; the variance is the mean square off the mean. */
export function channelStatistics({
  shape,
  values,
}: Values): Record<'mean' | 'variance', Float64Array> {
  const channels = shape.at(-1)!;
  const share = channels / values.length;
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  values.forEach((x, k) => (mean[k % channels]! += x * share));
  values.forEach((x, k) => (variance[k % channels]! += (x - mean[k % channels]!) ** 2 * share));
  return { mean, variance };
}

/** x [N, inputs], w [inputs, units] -> [N, units]. */
function product(x: Float64Array, w: Float64Array, inputs: number, units: number): Float64Array {
  const y = new Float64Array((x.length / inputs) * units);
  x.forEach((value, k) => {
    const [row, from] = [Math.floor(k / inputs) * units, (k % inputs) * units];
    for (let unit = 0; unit < units; unit++) y[row + unit]! += value * w[from + unit]!;
  });
  return y;
}

/**
 * One layer.
 * @param named its weights
 * @param mask of a dropout, what is kept
 */
function plainLayer(
  layer: LayerConfig,
  named: (part: string) => Float64Array,
  mask: readonly boolean[] | undefined,
  training: boolean,
  x: Values,
): Values {
  const { shape } = x;
  const size = shape as ImageSize;
  const batch = x.values.length / shape.reduce((a, b) => a * b);
  switch (layer.type) {
    case 'convolution':
    case 'dense': {
      const w = named('weights');
      const window = layer.type === 'convolution' ? windowOf(layer, size, batch) : null;
      const y = window
        ? plainConvolution(window, x.values, w)
        : product(x.values, w, shape[0], w.length / shape[0]);
      const output: Values['shape'] = window?.output ?? [w.length / shape[0]];
      const bias = layer.bias ? named('bias') : new Float64Array(output.at(-1)!);
      const apply = plainActivations[layer.activation];
      return { shape: output, values: y.map((value, k) => apply(value + bias[k % bias.length]!)) };
    }
    case 'pooling': {
      const window = windowOf(layer, size, batch);
      return { shape: window.output, values: plainPooling(layer.kind, window, x.values) };
    }
    case 'batch-normalization': {
      const { mean, variance } = training
        ? channelStatistics(x)
        : { mean: named('mean'), variance: named('variance') };
      const [scale, shift] = [named('scale'), named('shift')];
      const factor = variance.map((v, c) => scale[c]! / Math.sqrt(v + layer.epsilon));
      const apply = plainActivations[layer.activation];
      const normal = (value: number, c: number) => (value - mean[c]!) * factor[c]! + shift[c]!;
      return { shape, values: x.values.map((v, k) => apply(normal(v, k % mean.length))) };
    }
    case 'dropout': {
      if (!training) return x;
      if (mask?.length !== x.values.length) throw new Error('a dropout has no mask that fits');
      return { shape, values: x.values.map((v, k) => (mask[k] ? v / (1 - layer.rate) : 0)) };
    }
    case 'flatten':
      return { shape: [x.values.length / batch], values: x.values };
    case 'global-average-pooling': {
      const [height, width, channels] = size;
      const mean = new Float64Array(batch * channels);
      x.values.forEach((value, k) => {
        const n = Math.floor(k / (height * width * channels));
        mean[n * channels + (k % channels)]! += value / (height * width);
      });
      return { shape: [channels], values: mean };
    }
  }
}

/** Each layer's output for `input`, which is what layer `from` is given; layers before it are left out. */
export function plainOutputs(pass: PlainPass, input: Values, from = 0): Values[] {
  const { layers, weights, training, masks } = pass;
  const names = layerNames(layers);
  const dropouts = layers.map(({ type }, k) => (type === 'dropout' ? k : -1)).filter((k) => k >= 0);
  let x = input;
  return layers.slice(from).map((layer, k) => {
    const named = (part: string): Float64Array => {
      const values = weights.get(`${names[from + k]!}/${part}`);
      if (!values) throw new Error(`${names[from + k]!} has no ${part}`);
      return values;
    };
    return (x = plainLayer(layer, named, masks[dropouts.indexOf(from + k)], training, x));
  });
}

/** A batch as the first layer is given it. */
export const plainPixels = ({ images }: Pick<Batch, 'images'>): Values => ({
  shape: [image.height, image.width, image.channels],
  values: Float64Array.from(images, (byte) => byte / 255),
});

/** Mean cross-entropy of scores [N, classes], each label's share 1 − smoothing and an equal part of the rest. */
export function plainLoss({ values, shape }: Values, labels: Labels, smoothing: number): number {
  const classes = shape[0];
  const each = Array.from(labels, (label, n) => {
    const scores = values.subarray(n * classes, (n + 1) * classes);
    const total = Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0));
    const mean = scores.reduce((sum, score) => sum + score, 0) / classes;
    return total - (1 - smoothing) * scores[label]! - smoothing * mean;
  });
  return each.reduce((a, b) => a + b, 0) / each.length;
}
