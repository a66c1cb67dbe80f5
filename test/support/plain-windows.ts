import type { LayerOf } from '../../shared/config.ts';

/** Convolution and pooling as loops over plain numbers: what they are, whatever a library makes of them. */

export type ImageSize = readonly [height: number, width: number, channels: number];
type Numbers = ArrayLike<number>;

/** One window moved over one batch. */
export interface Window {
  batch: number;
  input: ImageSize;
  output: ImageSize;
  size: readonly [number, number];
  stride: readonly [number, number];
  /** Rows and columns of zeros before the image. */
  before: readonly [number, number];
}

/** `same` makes ⌈input / stride⌉ of it, half of the zeros that this takes before the image, an odd one after it. */
function slid(
  input: number,
  size: number,
  stride: number,
  padding: 'same' | 'valid' | readonly [number, number],
): { before: number; output: number } {
  if (padding === 'same') {
    const output = Math.ceil(input / stride);
    return { before: Math.max(0, (output - 1) * stride + size - input) >> 1, output };
  }
  const [before, after] = padding === 'valid' ? [0, 0] : padding;
  return { before, output: Math.floor((before + input + after - size) / stride) + 1 };
}

export function windowOf(
  layer: LayerOf<'convolution'> | LayerOf<'pooling'>,
  input: ImageSize,
  batch: number,
): Window {
  const size = layer.type === 'convolution' ? layer.kernel : layer.size;
  const { padding, stride } = layer;
  const [above, beside] =
    typeof padding === 'string'
      ? [padding, padding]
      : ([
          [padding.top, padding.bottom],
          [padding.left, padding.right],
        ] as const);
  const rows = slid(input[0], size[0], stride[0], above);
  const columns = slid(input[1], size[1], stride[1], beside);
  const channels = layer.type === 'convolution' ? layer.filters : input[2];
  return {
    batch,
    input,
    output: [rows.output, columns.output, channels],
    size,
    stride,
    before: [rows.before, columns.before],
  };
}

/** Calls `visit` for each place of the window and each pixel of the image under it: flat indices without channels. */
function slide(
  { batch, input, output, size, stride, before }: Window,
  visit: (place: number, pixel: number, at: number) => void,
): void {
  for (let n = 0; n < batch; n++)
    for (let i = 0; i < output[0]; i++)
      for (let j = 0; j < output[1]; j++)
        for (let a = 0; a < size[0]; a++)
          for (let b = 0; b < size[1]; b++) {
            const row = i * stride[0] + a - before[0];
            const column = j * stride[1] + b - before[1];
            if (row < 0 || row >= input[0] || column < 0 || column >= input[1]) continue;
            const place = (n * output[0] + i) * output[1] + j;
            visit(place, (n * input[0] + row) * input[1] + column, a * size[1] + b);
          }
}

const outputs = ({ batch, output: [height, width, channels] }: Window): number =>
  batch * height * width * channels;

/** x [N, H, W, C], w [h, w, C, K] -> [N, H', W', K]. */
export function plainConvolution(window: Window, x: Numbers, w: Numbers): Float64Array {
  const [channels, filters] = [window.input[2], window.output[2]];
  const y = new Float64Array(outputs(window));
  slide(window, (place, pixel, at) => {
    for (let c = 0; c < channels; c++)
      for (let k = 0; k < filters; k++)
        y[place * filters + k]! += x[pixel * channels + c]! * w[(at * channels + c) * filters + k]!;
  });
  return y;
}

/** Gradients of Σ y·dy, dy [N, H', W', K]. */
export function convolutionGradients(
  window: Window,
  x: Numbers,
  w: Numbers,
  dy: Numbers,
): { dw: Float64Array; dx: Float64Array } {
  const [channels, filters] = [window.input[2], window.output[2]];
  const dw = new Float64Array(w.length);
  const dx = new Float64Array(x.length);
  slide(window, (place, pixel, at) => {
    for (let c = 0; c < channels; c++)
      for (let k = 0; k < filters; k++) {
        const [from, weight] = [pixel * channels + c, (at * channels + c) * filters + k];
        dw[weight]! += x[from]! * dy[place * filters + k]!;
        dx[from]! += w[weight]! * dy[place * filters + k]!;
      }
  });
  return { dw, dx };
}

/** For each output, the places in x [N, H, W, C] of what is under the window; zeros around the image are not. */
function pooled(window: Window): number[][] {
  const channels = window.input[2];
  const under = Array.from({ length: outputs(window) }, (): number[] => []);
  slide(window, (place, pixel) => {
    for (let c = 0; c < channels; c++) under[place * channels + c]!.push(pixel * channels + c);
  });
  return under;
}

type Kind = LayerOf<'pooling'>['kind'];

/** x [N, H, W, C] -> [N, H', W', C]. */
export function plainPooling(kind: Kind, window: Window, x: Numbers): Float64Array {
  return Float64Array.from(pooled(window), (places) => {
    const values = places.map((place) => x[place]!);
    if (kind === 'max') return Math.max(...values);
    if (kind === 'l2') return Math.hypot(...values);
    return values.reduce((a, b) => a + b, 0) / values.length;
  });
}

/** Gradient of Σ y·dy, dy [N, H', W', C]; of a maximum, all to the first of the largest. */
export function poolingGradient(kind: Kind, window: Window, x: Numbers, dy: Numbers): Float64Array {
  const y = plainPooling(kind, window, x);
  const dx = new Float64Array(x.length);
  pooled(window).forEach((places, out) => {
    const largest = places.find((place) => x[place] === y[out]);
    for (const place of places) {
      const share = {
        max: place === largest ? 1 : 0,
        average: 1 / places.length,
        l2: y[out] === 0 ? 0 : x[place]! / y[out]!,
      }[kind];
      dx[place]! += share * dy[out]!;
    }
  });
  return dx;
}
