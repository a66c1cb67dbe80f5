import { gatherRows, pad, range, reshape } from '../arrays.ts';
import { DType, type GraphBuilder, type Tensor } from '../builder.ts';
import type { ImageShape } from '../../../../shared/network-shape.ts';
import { add, binary, cast, multiply, unary } from '../ops.ts';

/**
 * Interpolates bilinearly between pixels.
 * @param pixels float32 [N, H, W, C]
 * @param x columns, float32 [N, H·W] or [1, H·W]
 * @param y rows, shaped like `x`
 * @param examples N, int32 scalar
 * @returns float32 [N, H, W, C]
 */
export function samplePixels(
  g: GraphBuilder,
  { height, width, channels }: ImageShape,
  pixels: Tensor,
  x: Tensor,
  y: Tensor,
  examples: Tensor,
): Tensor {
  const [rows, columns] = [height + 2, width + 2];
  // A frame of background one pixel wide; places further out are clamped to it.
  const framed = pad(g, pixels, [0, 0, 1, 1, 1, 1, 0, 0]);
  const flat = reshape(g, framed, [-1, channels]);
  const image = multiply(g, range(g, examples), g.int(rows * columns));
  const first = reshape(g, image, [-1, 1]);
  const place = (at: Tensor, size: number): Tensor => {
    const inside = binary(g, 'Minimum', binary(g, 'Maximum', at, g.float(-1)), g.float(size));
    return cast(g, add(g, inside, g.float(1)), DType.int32);
  };
  const [left, top] = [unary(g, 'Floor', x), unary(g, 'Floor', y)];
  const [fromLeft, fromTop] = [binary(g, 'Sub', x, left), binary(g, 'Sub', y, top)];
  const weight = (of: Tensor): Tensor => reshape(g, of, [-1, height * width, 1]);
  const beyond = (share: Tensor): Tensor => binary(g, 'Sub', g.float(1), share);
  const value = (column: Tensor, row: Tensor): Tensor => {
    const index = add(g, multiply(g, place(row, height), g.int(columns)), place(column, width));
    return gatherRows(g, flat, add(g, index, first));
  };
  const between = (row: Tensor): Tensor =>
    add(
      g,
      multiply(g, value(left, row), weight(beyond(fromLeft))),
      multiply(g, value(add(g, left, g.float(1)), row), weight(fromLeft)),
    );
  const mixed = add(
    g,
    multiply(g, between(top), weight(beyond(fromTop))),
    multiply(g, between(add(g, top, g.float(1))), weight(fromTop)),
  );
  return reshape(g, mixed, [-1, height, width, channels]);
}
