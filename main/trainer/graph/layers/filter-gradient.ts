import { attribute, DType, type Attribute, type GraphBuilder, type Tensor } from '../builder.ts';
import { bitcast, reshape, transpose } from '../arrays.ts';
import type { Pads } from '../../../../shared/sliding.ts';

/** A convolution, and how its images are laid out. */
export interface Sliding {
  type: DType;
  /** [h, w, C, K]. */
  weights: readonly [number, number, number, number];
  stride: readonly [number, number];
  /** H', W'. */
  output: readonly [number, number];
  /** Zeros that its op puts around an image. */
  pads: Record<'rows' | 'columns', Pads>;
  /** Number of images whose columns lie side by side, as in interleaving.ts. */
  sideBySide: number;
}

/** Number of channels that are laid side by side, like images in interleaving.ts and for the same reason. */
const CHANNELS = 4;

/** The most places of an output for which it pays. */
const mostPlaces = (type: DType): number => (type === DType.bfloat16 ? 16 * 16 : 8 * 8);

/**
 * Whether the gradient of the weights is faster as a convolution, as measured on AVX-512. In bfloat16 it is 1.2 to 1.3 times as fast on 7×7
 * places, up to 1.3 times on 14×14 and 16×16, and slower on 28×28; in float32 1.05 to 1.1 times on 7×7 and 8×8, and mostly slower on 14×14.
 */
export const paysAsConvolution = ({
  type,
  weights,
  stride,
  output,
}: Omit<Sliding, 'pads' | 'sideBySide'>): boolean => {
  const [height, width, channels] = weights;
  const [rows, columns] = output;
  return (
    stride.every((step) => step === 1) &&
    channels % CHANNELS === 0 &&
    rows * columns <= mostPlaces(type) &&
    // This leaves fewer zeros on each side than the new window has rows and columns.
    rows >= height &&
    columns >= width
  );
};

/**
 * dw[a, b, c, k] = Σ x[n, i + a, j + b, c] · dy[n, i, j, k] over n, i and j is a convolution too: each channel of x is an image, whose
 * channels are the examples, and dy is the window that moves over it.
 * @param x [N/s, H, W·s, C], s images side by side
 * @param dy [N/s, H', W'·s, K]
 * @returns dw [h, w, C, K]
 */
export function filterGradientAsConvolution(
  g: GraphBuilder,
  { type, weights, output, pads, sideBySide }: Sliding,
  x: Tensor,
  dy: Tensor,
): Tensor {
  const [height, width, channels, filters] = weights;
  const rows = output[0] + height - 1 - sumOfPads(pads.rows);
  const columns = output[1] + width - 1 - sumOfPads(pads.columns);
  const groups = channels / CHANNELS;
  // x [N/s, H·W, s, C/4, 4] -> [C/4, H·W, 4, N/s, s] -> images [C/4, H, W·4, N].
  const byChannel = transpose(
    g,
    reshape(g, x, [-1, rows * columns, sideBySide, groups, CHANNELS]),
    [3, 1, 4, 0, 2],
  );
  const images = reshape(g, byChannel, [groups, rows, columns * CHANNELS, -1]);
  // dy [N/s, H'·W', s·K] -> window [H', W', N, K].
  const byPlace = exchangeRows(g, dy, output[0] * output[1], sideBySide * filters);
  const window = reshape(g, byPlace, [...output, -1, filters]);
  const attr = paddedBy(type, pads);
  const found = g.op('Conv2D', type, [images, window], attr);
  // [C/4, h, w·4, K] -> [C/4, h·w, 4·K] -> [h·w, C/4, 4·K] -> dw [h, w, C, K].
  const byGroup = reshape(g, found, [groups, height * width, CHANNELS * filters]);
  return reshape(g, transpose(g, byGroup, [1, 0, 2]), weights);
}

const BYTES_AT_ONCE = 8;

/**
 * x [N, places, length] -> [places, N, length], moved as 64-bit numbers where the length allows it: TensorFlow and oneDNN take up to four
 * times as long to move smaller ones. The type is float64 because oneDNN does not try to handle it, and so does not complain of it.
 */
function exchangeRows(g: GraphBuilder, x: Tensor, places: number, length: number): Tensor {
  const together = BYTES_AT_ONCE / (x.type === DType.bfloat16 ? 2 : 4);
  const order = [1, 0, 2];
  if (length % together !== 0) return transpose(g, reshape(g, x, [-1, places, length]), order);
  const groups = reshape(g, x, [-1, places, length / together, together]);
  const moved = transpose(g, bitcast(g, groups, DType.float64), order);
  return reshape(g, bitcast(g, moved, x.type), [places, -1, length]);
}

const sumOfPads = ([before, after]: Pads): number => before + after;

function paddedBy(type: DType, { rows, columns }: Sliding['pads']): Record<string, Attribute> {
  const zeros = [0, 0, ...rows, ...columns.map((count) => count * CHANNELS), 0, 0];
  const isPadded = zeros.some((count) => count > 0);
  return {
    T: attribute.type(type),
    strides: attribute.ints([1, 1, 1, 1]),
    padding: attribute.string(isPadded ? 'EXPLICIT' : 'VALID'),
    ...(isPadded && { explicit_paddings: attribute.ints(zeros) }),
    data_format: attribute.string('NHWC'),
    dilations: attribute.ints([1, 1, CHANNELS, 1]),
  };
}
