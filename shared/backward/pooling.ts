import type { LayerOf } from '../config.ts';
import { elementCount, type LayerShape } from '../network-shape.ts';
import { forEachTap, type Numbers } from './window.ts';

type Pooling = LayerOf<'pooling'>;

/** What is looked at: the layer's shapes, and the kind of pooling, which a Learn page switches. */
interface Pooled {
  shape: LayerShape;
  layer: Pooling;
}

/** The first of the largest in each window, as places of the input by place and channel of the output. */
function winnersOf({ shape, layer }: Pooled, x: Numbers): Int32Array {
  const channels = shape.input.at(-1) ?? 1;
  const winners = new Int32Array(elementCount(shape.output)).fill(-1);
  forEachTap(shape, layer, ({ to, from }) => {
    for (let c = 0; c < channels; c++) {
      const [at, candidate] = [to * channels + c, from * channels + c];
      const winner = winners[at] ?? -1;
      if (winner < 0 || (x[candidate] ?? 0) > (x[winner] ?? 0)) winners[at] = candidate;
    }
  });
  return winners;
}

/** Cells of each window that lie on the image: padding does not count in a mean. */
function cellsOf({ shape, layer }: Pooled): Int32Array {
  const counts = new Int32Array(elementCount(shape.output.slice(0, 2)));
  forEachTap(shape, layer, ({ to }) => {
    counts[to] = (counts[to] ?? 0) + 1;
  });
  return counts;
}

/** [H, W, C] -> [H', W', C]. */
export function poolForward(pooled: Pooled, x: Numbers): Float64Array {
  const { shape, layer } = pooled;
  const channels = shape.input.at(-1) ?? 1;
  if (layer.kind === 'max') return Float64Array.from(winnersOf(pooled, x), (at) => x[at] ?? 0);
  const y = new Float64Array(elementCount(shape.output));
  const counts = cellsOf(pooled);
  forEachTap(shape, layer, ({ to, from }) => {
    for (let c = 0; c < channels; c++) {
      const value = x[from * channels + c] ?? 0;
      const part = layer.kind === 'average' ? value / (counts[to] ?? 1) : value * value;
      y[to * channels + c] = (y[to * channels + c] ?? 0) + part;
    }
  });
  return layer.kind === 'l2' ? y.map(Math.sqrt) : y;
}

/**
 * dx from dy: the maximum sends all to the first of the largest; the mean shares equally among the cells on the image; the L2 norm gives
 * each its value's share, x / y, and nothing where y is 0.
 */
export function poolBackward(pooled: Pooled, x: Numbers, dy: Numbers): Float64Array {
  const { shape, layer } = pooled;
  const channels = shape.input.at(-1) ?? 1;
  const dx = new Float64Array(elementCount(shape.input));
  const add = (at: number, value: number): void => {
    dx[at] = (dx[at] ?? 0) + value;
  };
  if (layer.kind === 'max') {
    for (const [at, winner] of winnersOf(pooled, x).entries()) add(winner, dy[at] ?? 0);
    return dx;
  }
  const counts = cellsOf(pooled);
  const y = layer.kind === 'l2' ? poolForward(pooled, x) : null;
  forEachTap(shape, layer, ({ to, from }) => {
    for (let c = 0; c < channels; c++) {
      const [gradient, at] = [dy[to * channels + c] ?? 0, from * channels + c];
      if (!y) add(at, gradient / (counts[to] ?? 1));
      else if (y[to * channels + c] !== 0)
        add(at, (gradient * (x[at] ?? 0)) / (y[to * channels + c] ?? 1));
    }
  });
  return dx;
}
