import { activate } from './activations.ts';
import type { Activation, LayerConfig } from './config.ts';
import type { ExampleShape, LayerShape } from './network-shape.ts';
import { isSlidingLayer, windowOf } from './sliding.ts';

/**
 * How one unit of a layer comes by its value, in plain numbers: what it reads, and what it does with it, in prediction mode. The engine
 * computes the same in float32 (test/engine/service/unit-arithmetic.test.ts).
 */

/** A number of a layer's output. Of a row of units, row and column are 0 and the unit's number is the channel. All from 0. */
export interface UnitPlace {
  row: number;
  column: number;
  channel: number;
}

/** A part of an image or of a layer's output; it may begin before the image and end after it, where there are only zeros. */
export interface Window {
  top: number;
  left: number;
  height: number;
  width: number;
}

/** [height, width, channels] of what a layer gets or gives; a row of units is an image of one place. */
export const asImage = (shape: ExampleShape): readonly [number, number, number] =>
  shape.length === 3 ? shape : [1, 1, shape[0]];

/** Where a unit's number stands in its layer's output. */
export function indexOfUnit(output: ExampleShape, { row, column, channel }: UnitPlace): number {
  const [, width, channels] = asImage(output);
  return (row * width + column) * channels + channel;
}

/** The unit whose number stands there: the inverse of `indexOfUnit`. */
export function unitAt(output: ExampleShape, index: number): UnitPlace {
  const [, width, channels] = asImage(output);
  const place = Math.floor(index / channels);
  return { row: Math.floor(place / width), column: place % width, channel: index % channels };
}

/** Whether the output has such a unit. */
export function hasUnit(output: ExampleShape, { row, column, channel }: UnitPlace): boolean {
  const [height, width, channels] = asImage(output);
  return row < height && column < width && channel < channels;
}

/** Which part of the layer's input a unit reads; a kernel's window may lie partly on padding. */
export function windowOfUnit(
  { layer, input, pads }: LayerShape,
  { row, column }: UnitPlace,
): Window {
  if (isSlidingLayer(layer)) {
    const [height, width] = windowOf(layer);
    const [top, left] = [
      row * layer.stride[0] - pads.height[0],
      column * layer.stride[1] - pads.width[0],
    ];
    return { top, left, height, width };
  }
  const [height, width] = asImage(input);
  return layer.type === 'dense' || layer.type === 'global-average-pooling'
    ? { top: 0, left: 0, height, width }
    : { top: row, left: column, height: 1, width: 1 };
}

/** The part of a window that is not padding. */
export function insideOf({ top, left, height, width }: Window, of: ExampleShape): Window {
  const [rows, columns] = asImage(of);
  const [first, before] = [Math.max(top, 0), Math.max(left, 0)];
  return {
    ...{ top: first, left: before },
    height: Math.max(Math.min(top + height, rows) - first, 0),
    width: Math.max(Math.min(left + width, columns) - before, 0),
  };
}

/** Numbers of an image, row by row, of each place its channels. */
export interface Patch {
  shape: [height: number, width: number, channels: number];
  values: Float32Array;
}

/**
 * What a unit reads of its layer's input: a convolution and a dense unit all channels, with zeros for padding; every other unit its own
 * channel, without the padding.
 * @param input the layer's whole input, row by row
 */
export function readByUnit(shape: LayerShape, input: Float32Array, place: UnitPlace): Patch {
  const { layer } = shape;
  const window = windowOfUnit(shape, place);
  if (layer.type === 'convolution' || layer.type === 'dense')
    return cutOut(input, shape.input, window, null);
  return cutOut(input, shape.input, insideOf(window, shape.input), place.channel);
}

/** @param only of one channel; null: of all */
function cutOut(
  values: Float32Array,
  of: ExampleShape,
  { top, left, height, width }: Window,
  only: number | null,
): Patch {
  const [rows, columns, channels] = asImage(of);
  const depth = only === null ? channels : 1;
  const cut = new Float32Array(height * width * depth);
  for (let row = Math.max(0, -top); row < height && top + row < rows; row++)
    for (let column = Math.max(0, -left); column < width && left + column < columns; column++) {
      const from = ((top + row) * columns + left + column) * channels + (only ?? 0);
      cut.set(values.subarray(from, from + depth), (row * width + column) * depth);
    }
  return { shape: [height, width, depth], values: cut };
}

/** What batch normalisation knows of one channel: y = scale · (x − mean) / √(variance + ε) + shift. */
export interface ChannelStatistics {
  scale: number;
  shift: number;
  mean: number;
  variance: number;
}

/** What a unit computes with. */
export interface UnitParts {
  read: Patch;
  /** As many as are read, in their order; empty for a layer without weights. */
  weights: Float32Array;
  /** Null: the layer has none. */
  bias: number | null;
  /** Null: the layer is no batch normalisation. */
  statistics: ChannelStatistics | null;
}

/** A unit's way to its value. */
export interface UnitSteps {
  /** Input × weight, one for each number that is read; empty where there are no weights. */
  products: Float64Array;
  /** Of each input channel the sum of its products. */
  byChannel: Float64Array;
  /** Of all products; 0 where there are no weights. */
  sum: number;
  /** What the activation is given. */
  before: number;
  activation: Activation;
  value: number;
}

/**
 * Computes a unit as a person would, in float64.
 * @param layer of the unit; dropout and flatten pass on the one number that they read
 */
export function computeUnit(layer: LayerConfig, parts: UnitParts): UnitSteps {
  const { read, weights, bias } = parts;
  const products = Float64Array.from(weights, (weight, k) => weight * (read.values[k] ?? 0));
  const channels = read.shape[2];
  const byChannel = new Float64Array(products.length === 0 ? 0 : channels);
  products.forEach((product, k) => {
    byChannel[k % channels] = (byChannel[k % channels] ?? 0) + product;
  });
  const sum = products.reduce((total, product) => total + product, 0);
  const before = weights.length > 0 ? sum + (bias ?? 0) : withoutWeights(layer, parts);
  const activation = 'activation' in layer ? layer.activation : 'none';
  return { products, byChannel, sum, before, activation, value: activate(activation, before) };
}

function withoutWeights(layer: LayerConfig, { read, statistics }: UnitParts): number {
  const values = Array.from(read.values);
  const [first = 0] = values;
  switch (layer.type) {
    case 'pooling':
      if (layer.kind === 'max') return Math.max(...values);
      return layer.kind === 'average' ? mean(values) : Math.hypot(...values);
    case 'global-average-pooling':
      return mean(values);
    case 'batch-normalization': {
      if (statistics === null) return first;
      const { scale, shift, mean: middle, variance } = statistics;
      return (scale * (first - middle)) / Math.sqrt(variance + layer.epsilon) + shift;
    }
    default:
      return first;
  }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** An input channel, and what it brings to a unit's sum. */
export interface ChannelShare {
  channel: number;
  sum: number;
}

/** The input channels that bring the most to a unit's sum, for or against, the strongest first. */
export const strongestChannels = ({ byChannel }: UnitSteps, most: number): ChannelShare[] =>
  Array.from(byChannel, (sum, channel) => ({ channel, sum }))
    .toSorted((a, b) => Math.abs(b.sum) - Math.abs(a.sum))
    .slice(0, most);
