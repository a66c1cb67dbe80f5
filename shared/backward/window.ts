import type { LayerShape } from '../network-shape.ts';
import { windowOf, type SlidingLayer } from '../sliding.ts';

/** Numbers of a tensor, row by row. */
export type Numbers = ArrayLike<number>;

/** One cell of a window at one place: where it lies on the input. */
export interface Tap {
  /** Place among the output's, row by row. */
  to: number;
  /** Cell of the window, row by row. */
  cell: number;
  /** Place among the input's, row by row. */
  from: number;
}

/**
 * Goes through every place of a sliding window, row by row, and through the cells of each that lie on the image; what lies on the zeros
 * around is left out.
 * @throws Error where the layer's input is no image
 */
export function forEachTap(
  { input, output, pads }: LayerShape,
  layer: SlidingLayer,
  see: (tap: Tap) => void,
): void {
  const [rows, columns] = input;
  const [down, across] = output;
  if (columns === undefined || across === undefined) throw new Error('a window needs an image');
  const [height, width] = windowOf(layer);
  for (let y = 0; y < down; y++)
    for (let x = 0; x < across; x++)
      for (let i = 0; i < height; i++) {
        const row = y * layer.stride[0] + i - pads.height[0];
        if (row < 0 || row >= rows) continue;
        for (let j = 0; j < width; j++) {
          const column = x * layer.stride[1] + j - pads.width[0];
          if (column < 0 || column >= columns) continue;
          see({ to: y * across + x, cell: i * width + j, from: row * columns + column });
        }
      }
}
