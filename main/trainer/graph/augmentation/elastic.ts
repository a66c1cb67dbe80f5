import type { Augmentation } from '../../../../shared/augmentation.ts';
import { reshape } from '../arrays.ts';
import { attribute, DType, type GraphBuilder, type Tensor } from '../builder.ts';
import type { ImageShape } from '../../../../shared/network-shape.ts';
import { matmul, scale } from '../ops.ts';

/**
 * A smooth field of displacements along one axis, in pixels: noise float32 [N, H, W] -> [N, H·W].
 */
export function displacementField(
  g: GraphBuilder,
  { strength, smoothness }: NonNullable<Augmentation['elastic']>,
  { height, width }: ImageShape,
  noise: Tensor,
): Tensor {
  const [down, across] = [gaussianMatrix(height, smoothness), gaussianMatrix(width, smoothness)];
  const rows = matmul(g, reshape(g, noise, [-1, width]), squareMatrix(g, across), { b: true });
  const both = g.op(
    'BatchMatMulV2',
    DType.float32,
    [reshape(g, squareMatrix(g, down), [1, height, height]), reshape(g, rows, [-1, height, width])],
    {
      T: attribute.type(DType.float32),
      adj_x: attribute.bool(false),
      adj_y: attribute.bool(false),
    },
  );
  // Uniform noise from −1 to 1 has variance 1/3; smoothing multiplies it by the sum of the squared weights.
  const left = Math.sqrt((meanPower(down) * meanPower(across)) / 3);
  return scale(g, reshape(g, both, [-1, height * width]), strength / left);
}

/** A smoothing matrix: row k holds the weights of a Gaussian around place k, normalised to the sum 1. */
function gaussianMatrix(size: number, deviation: number): number[][] {
  return Array.from({ length: size }, (_, at) => {
    const row = Array.from({ length: size }, (__, k) =>
      Math.exp(-(((k - at) / deviation) ** 2) / 2),
    );
    const sum = row.reduce((a, b) => a + b, 0);
    return row.map((weight) => weight / sum);
  });
}

const squareMatrix = (g: GraphBuilder, matrix: readonly (readonly number[])[]): Tensor =>
  g.floats(matrix.flat(), [matrix.length, matrix.length]);

/** Mean over the rows of the sum of squared weights. */
const meanPower = (matrix: readonly (readonly number[])[]): number =>
  matrix.flat().reduce((sum, weight) => sum + weight ** 2, 0) / matrix.length;
