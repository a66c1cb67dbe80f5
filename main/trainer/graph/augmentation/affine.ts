import type { Augmentation } from '../../../../shared/augmentation.ts';
import type { GraphBuilder, Tensor } from '../builder.ts';
import type { ImageShape } from '../../../../shared/network-shape.ts';
import { add, binary, multiply, scale, unary } from '../ops.ts';

const RADIANS = Math.PI / 180;

/**
 * The source column and row of every pixel: float32 [N, H·W] each, or [1, H·W] where they are the same for all images.
 * @param moves five draws between −1 and 1, [N, 1] each: right, down, rotation, zoom and shear
 */
export function affineSources(
  g: GraphBuilder,
  { shift, rotate, scale: zoom, shear }: Augmentation,
  { height, width }: ImageShape,
  [right, down, turn, growth, lean]: readonly Tensor[],
): [Tensor, Tensor] {
  if (!right || !down || !turn || !growth || !lean) throw new Error('five numbers were drawn');
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  const grid = Array.from({ length: height * width }, (_, k) => k);
  let x = g.floats(
    grid.map((k) => (k % width) - middleX),
    [1, height * width],
  );
  let y = g.floats(
    grid.map((k) => Math.floor(k / width) - middleY),
    [1, height * width],
  );
  // This is the inverse map, from a pixel's place in the result to its place in the source. A transform that is off is left out, so that it
  // changes no bit.
  if (shear > 0) {
    const slant = scale(g, lean, shear * RADIANS);
    const tan = binary(g, 'RealDiv', unary(g, 'Sin', slant), unary(g, 'Cos', slant));
    x = add(g, x, multiply(g, tan, y));
  }
  if (rotate > 0) {
    const angle = scale(g, turn, rotate * RADIANS);
    const [cos, sin] = [unary(g, 'Cos', angle), unary(g, 'Sin', angle)];
    [x, y] = [
      binary(g, 'Sub', multiply(g, cos, x), multiply(g, sin, y)),
      add(g, multiply(g, sin, x), multiply(g, cos, y)),
    ];
  }
  if (zoom > 0) {
    const size = add(g, scale(g, growth, zoom), g.float(1));
    [x, y] = [binary(g, 'RealDiv', x, size), binary(g, 'RealDiv', y, size)];
  }
  if (shift > 0)
    [x, y] = [
      binary(g, 'Sub', x, scale(g, right, shift)),
      binary(g, 'Sub', y, scale(g, down, shift)),
    ];
  return [add(g, x, g.float(middleX)), add(g, y, g.float(middleY))];
}
