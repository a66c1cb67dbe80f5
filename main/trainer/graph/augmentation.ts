import type { Augmentation } from '../../../shared/config.ts';
import { attribute, DType, type GraphBuilder, type Tensor } from './builder.ts';
import type { ImageShape } from './inputs.ts';
import { rowsOfShards } from './layout.ts';
import { concat, gatherRows, pack, pad, range, reshape, unpack } from './arrays.ts';
import { add, binary, cast, matmul, multiply, scale, unary } from './ops.ts';
import { AUGMENTATION_DRAW, drawSeed, stepKey, drawUniform } from './random.ts';

/** What decides how the images of a step are moved. */
interface Draw {
  seed: number;
  /** int32 scalar. */
  step: Tensor;
  /** N, int32 scalar. */
  examples: Tensor;
}

const RADIANS = Math.PI / 180;

const subtract = (g: GraphBuilder, a: Tensor, b: Tensor): Tensor => binary(g, 'Sub', a, b);

/**
 * Uniform between −1 and 1, float32 of shape `dims`.
 * @param dims int32 [rank]
 * @param draw which of the step's
 */
function drawCentred(g: GraphBuilder, dims: Tensor, { seed, step }: Draw, draw: number): Tensor {
  const key = drawSeed(g, seed, stepKey(g, step, AUGMENTATION_DRAW + draw));
  return subtract(g, scale(g, drawUniform(g, dims, key), 2), g.float(1));
}

/**
 * Images moved, turned, scaled, sheared and bent, each by its own draw: where a pixel of the result comes from is computed, and the
 * value there taken between the four pixels around it; outside the image is background.
 * @param pixels float32 [N, H, W, C]
 * @param shards that are worked on at the same time
 * @returns float32 [N, H, W, C]
 */
export function augmentImages(
  g: GraphBuilder,
  augmentation: Augmentation,
  image: ImageShape,
  pixels: Tensor,
  draw: Draw,
  shards: number,
): Tensor {
  const { height, width } = image;
  const { elastic } = augmentation;
  return g.within('augmentation', () => {
    const dims = (...sizes: Tensor[]): Tensor => pack(g, sizes, DType.int32);
    const moves = unpack(g, drawCentred(g, dims(g.int(5), draw.examples, g.int(1)), draw, 0), 5);
    const field = dims(draw.examples, g.int(height), g.int(width));
    const noise = elastic ? [drawCentred(g, field, draw, 1), drawCentred(g, field, draw, 2)] : [];
    const parts = rowsOfShards(g, draw.examples, shards).map(({ count, of }) => {
      const affine = affineSources(g, augmentation, image, moves.map(of));
      const [x, y] = affine.map((source, axis) => {
        const drawn = noise[axis];
        return elastic && drawn
          ? add(g, source, displacementField(g, elastic, image, of(drawn)))
          : source;
      });
      if (!x || !y) throw new Error('two axes');
      return samplePixels(g, image, of(pixels), x, y, count);
    });
    return concat(g, parts);
  });
}

/**
 * Columns and rows from which the pixels come: float32 [N, H·W], or [1, H·W] where all images' are alike.
 * @param moves five of them, drawn between −1 and 1, [N, 1] each
 */
function affineSources(
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
  // The way back: from where the pixel is in the result to where it was. What is not asked for is left out, to the last bit.
  if (shear > 0) {
    const slant = scale(g, lean, shear * RADIANS);
    const tan = binary(g, 'RealDiv', unary(g, 'Sin', slant), unary(g, 'Cos', slant));
    x = add(g, x, multiply(g, tan, y));
  }
  if (rotate > 0) {
    const angle = scale(g, turn, rotate * RADIANS);
    const [cos, sin] = [unary(g, 'Cos', angle), unary(g, 'Sin', angle)];
    [x, y] = [
      subtract(g, multiply(g, cos, x), multiply(g, sin, y)),
      add(g, multiply(g, sin, x), multiply(g, cos, y)),
    ];
  }
  if (zoom > 0) {
    const size = add(g, scale(g, growth, zoom), g.float(1));
    [x, y] = [binary(g, 'RealDiv', x, size), binary(g, 'RealDiv', y, size)];
  }
  if (shift > 0)
    [x, y] = [subtract(g, x, scale(g, right, shift)), subtract(g, y, scale(g, down, shift))];
  return [add(g, x, g.float(middleX)), add(g, y, g.float(middleY))];
}

/**
 * A smooth field of displacements along one axis, in pixels: noise float32 [N, H, W] -> [N, H·W].
 */
function displacementField(
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
  // Uniform noise from −1 to 1 has variance 1/3; smoothing leaves the squares' sum of it.
  const left = Math.sqrt((meanPower(down) * meanPower(across)) / 3);
  return scale(g, reshape(g, both, [-1, height * width]), strength / left);
}

/** Weights of a Gaussian around each of `size` places, normalised: a matrix that smooths, row by row. */
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

/** Mean over the places of the sum of squared weights. */
const meanPower = (matrix: readonly (readonly number[])[]): number =>
  matrix.flat().reduce((sum, weight) => sum + weight ** 2, 0) / matrix.length;

/**
 * Values between pixels, bilinear.
 * @param pixels float32 [N, H, W, C]
 * @param x columns, float32 [N, H·W] or [1, H·W]
 * @param y rows, as `x`
 * @param examples N, int32 scalar
 * @returns float32 [N, H, W, C]
 */
function samplePixels(
  g: GraphBuilder,
  { height, width, channels }: ImageShape,
  pixels: Tensor,
  x: Tensor,
  y: Tensor,
  examples: Tensor,
): Tensor {
  const [rows, columns] = [height + 2, width + 2];
  // A frame of background: what lies further out is looked up there.
  const framed = pad(g, pixels, [0, 0, 1, 1, 1, 1, 0, 0]);
  const flat = reshape(g, framed, [-1, channels]);
  const image = multiply(g, range(g, examples), g.int(rows * columns));
  const first = reshape(g, image, [-1, 1]);
  const place = (at: Tensor, size: number): Tensor => {
    const inside = binary(g, 'Minimum', binary(g, 'Maximum', at, g.float(-1)), g.float(size));
    return cast(g, add(g, inside, g.float(1)), DType.int32);
  };
  const [left, top] = [unary(g, 'Floor', x), unary(g, 'Floor', y)];
  const [fromLeft, fromTop] = [subtract(g, x, left), subtract(g, y, top)];
  const weight = (of: Tensor): Tensor => reshape(g, of, [-1, height * width, 1]);
  const beyond = (share: Tensor): Tensor => subtract(g, g.float(1), share);
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
