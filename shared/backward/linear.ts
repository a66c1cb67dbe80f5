import type { LayerOf } from '../config.ts';
import { elementCount, type LayerShape } from '../network-shape.ts';
import { forEachTap, type Numbers } from './window.ts';

/** Gradients of a layer that multiplies by weights and adds a bias. */
export interface LinearGradients {
  /** With respect to its input. */
  input: Float64Array;
  weights: Float64Array;
  bias: Float64Array;
}

/** y = x w + b: dw = x dyᵀ, dx = w dy, db = dy. Weights [inputs, units]. */
export function denseBackward(x: Numbers, weights: Numbers, dy: Numbers): LinearGradients {
  const [inputs, units] = [x.length, dy.length];
  const dx = new Float64Array(inputs);
  const dw = new Float64Array(inputs * units);
  for (let i = 0; i < inputs; i++) {
    const value = x[i] ?? 0;
    let sum = 0;
    for (let k = 0; k < units; k++) {
      const gradient = dy[k] ?? 0;
      dw[i * units + k] = value * gradient;
      sum += (weights[i * units + k] ?? 0) * gradient;
    }
    dx[i] = sum;
  }
  return { input: dx, weights: dw, bias: Float64Array.from(dy) };
}

/**
 * The same at every place of the window: a weight's gradient is the sum over all places, and so is an input's over all windows that it lies
 * in. Weights [h, w, C, K], x [H, W, C], dy [H', W', K].
 */
export function convolutionBackward(
  shape: LayerShape,
  layer: LayerOf<'convolution'>,
  x: Numbers,
  weights: Numbers,
  dy: Numbers,
): LinearGradients {
  const channels = shape.input.at(-1) ?? 1;
  const { filters } = layer;
  const dx = new Float64Array(elementCount(shape.input));
  const dw = new Float64Array(weights.length);
  const bias = new Float64Array(filters);
  for (let at = 0; at < dy.length; at++)
    bias[at % filters] = (bias[at % filters] ?? 0) + (dy[at] ?? 0);
  forEachTap(shape, layer, ({ to, cell, from }) => {
    for (let c = 0; c < channels; c++) {
      const value = x[from * channels + c] ?? 0;
      const row = (cell * channels + c) * filters;
      let sum = 0;
      for (let k = 0; k < filters; k++) {
        const gradient = dy[to * filters + k] ?? 0;
        if (gradient === 0) continue;
        dw[row + k] = (dw[row + k] ?? 0) + value * gradient;
        sum += (weights[row + k] ?? 0) * gradient;
      }
      dx[from * channels + c] = (dx[from * channels + c] ?? 0) + sum;
    }
  });
  return { input: dx, weights: dw, bias };
}

/** A weight of a convolution. */
export interface SharedWeight {
  /** Cell of the kernel, row by row. */
  cell: number;
  channel: number;
  filter: number;
}

/**
 * What each place of the output adds to one shared weight's gradient, [H', W'] row by row: the input below the weight times the gradient
 * there. Their sum is the gradient.
 */
export function partsOfWeight(
  shape: LayerShape,
  layer: LayerOf<'convolution'>,
  { cell, channel, filter }: SharedWeight,
  x: Numbers,
  dy: Numbers,
): Float64Array {
  const channels = shape.input.at(-1) ?? 1;
  const parts = new Float64Array(dy.length / layer.filters);
  forEachTap(shape, layer, (tap) => {
    if (tap.cell === cell)
      parts[tap.to] =
        (x[tap.from * channels + channel] ?? 0) * (dy[tap.to * layer.filters + filter] ?? 0);
  });
  return parts;
}
