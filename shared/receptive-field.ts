import type { LayerShape } from './network-shape.ts';
import { isSlidingLayer, windowOf } from './sliding.ts';

/** Computes which part of the image the units of a layer see. */

/** The first and the last row, or column, of the image that a unit sees; null if it sees only padding. */
export type Span = readonly [first: number, last: number] | null;

/** What the units of a layer see, by row and by column; the units of a dense layer all see the same. */
export interface UnitSpans {
  rows: readonly Span[];
  columns: readonly Span[];
}

function joinSpans(spans: readonly Span[]): Span {
  const seen = spans.filter((span) => span !== null);
  if (seen.length === 0) return null;
  return [Math.min(...seen.map(([first]) => first)), Math.max(...seen.map(([, last]) => last))];
}

/** @param before number of rows or columns of zeros before the first */
const slideSpans = (
  spans: readonly Span[],
  output: number,
  window: number,
  stride: number,
  before: number,
): Span[] =>
  Array.from({ length: output }, (_, place) => {
    const first = place * stride - before;
    return joinSpans(spans.slice(Math.max(first, 0), Math.max(first + window, 0)));
  });

function spansAfter({ rows, columns }: UnitSpans, { layer, output, pads }: LayerShape): UnitSpans {
  if (isSlidingLayer(layer)) {
    const [window, { stride }] = [windowOf(layer), layer];
    const [height, width = 1] = output;
    return {
      rows: slideSpans(rows, height, window[0], stride[0], pads.height[0]),
      columns: slideSpans(columns, width, window[1], stride[1], pads.width[0]),
    };
  }
  // A flatten passes its input on, unit by unit.
  return layer.type === 'dense' || layer.type === 'global-average-pooling'
    ? { rows: [joinSpans(rows)], columns: [joinSpans(columns)] }
    : { rows, columns };
}

/** What the units of each layer see of an image [height, width, …]. */
export function receptiveSpans(
  shapes: readonly LayerShape[],
  [height, width]: readonly [number, number, ...number[]],
): UnitSpans[] {
  const each = (count: number): Span[] => Array.from({ length: count }, (_, at) => [at, at]);
  let spans: UnitSpans = { rows: each(height), columns: each(width) };
  return shapes.map((shape) => (spans = spansAfter(spans, shape)));
}

const longest = (spans: readonly Span[]): number =>
  Math.max(...spans.map((span) => (span ? span[1] - span[0] + 1 : 0)));

/**
 * Height and width of the part of the image that a unit sees, r = Σ (kₗ − 1)·Πs + 1 over the layers before, unless the image's border cuts
 * it off; that of the unit that sees the most. After a dense layer or a global pooling, it is everything that any unit saw.
 */
export const receptiveSize = ({ rows, columns }: UnitSpans): [number, number] => [
  longest(rows),
  longest(columns),
];
