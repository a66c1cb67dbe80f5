/** Convolution and pooling as loops over plain numbers: what they are, whatever a library makes of them. */

/** One window moved over one batch; pads before and after. */
export interface Window {
  batch: number;
  /** [height, width, channels]. */
  input: readonly [number, number, number];
  /** [height, width, channels]. */
  output: readonly [number, number, number];
  size: readonly [number, number];
  stride: readonly [number, number];
  pads: { height: readonly [number, number]; width: readonly [number, number] };
}

/** Calls `visit` for each place of the window and each pixel of the image under it: flat indices without channels. */
function slide(
  { batch, input, output, size, stride, pads }: Window,
  visit: (place: number, pixel: number, at: number) => void,
): void {
  for (let n = 0; n < batch; n++)
    for (let i = 0; i < output[0]; i++)
      for (let j = 0; j < output[1]; j++)
        for (let a = 0; a < size[0]; a++)
          for (let b = 0; b < size[1]; b++) {
            const row = i * stride[0] + a - pads.height[0];
            const column = j * stride[1] + b - pads.width[0];
            if (row < 0 || row >= input[0] || column < 0 || column >= input[1]) continue;
            const place = (n * output[0] + i) * output[1] + j;
            visit(place, (n * input[0] + row) * input[1] + column, a * size[1] + b);
          }
}

export interface Convolved {
  y: Float32Array;
  /** Gradients of Σ y·dy. */
  dw: Float32Array;
  dx: Float32Array;
}

/** x [N, H, W, C], w [h, w, C, K], dy [N, H', W', K]. */
export function plainConvolution(
  window: Window,
  x: Float32Array,
  w: Float32Array,
  dy: Float32Array,
): Convolved {
  const channels = window.input[2];
  const filters = window.output[2];
  const y = new Float32Array(dy.length);
  const dw = new Float32Array(w.length);
  const dx = new Float32Array(x.length);
  slide(window, (place, pixel, at) => {
    for (let c = 0; c < channels; c++)
      for (let k = 0; k < filters; k++) {
        const [out, from, weight] = [
          place * filters + k,
          pixel * channels + c,
          (at * channels + c) * filters + k,
        ];
        y[out]! += x[from]! * w[weight]!;
        dw[weight]! += x[from]! * dy[out]!;
        dx[from]! += w[weight]! * dy[out]!;
      }
  });
  return { y, dw, dx };
}

/** x [N, H, W, C], dy [N, H', W', C]; the average is over the pixels of the image that are under the window. */
export function plainPooling(
  kind: 'max' | 'average' | 'l2',
  window: Window,
  x: Float32Array,
  dy: Float32Array,
): { y: Float32Array; dx: Float32Array } {
  const channels = window.input[2];
  const under: number[][] = Array.from(dy, () => []);
  slide(window, (place, pixel) => {
    for (let c = 0; c < channels; c++) under[place * channels + c]!.push(pixel * channels + c);
  });
  const y = new Float32Array(dy.length);
  const dx = new Float32Array(x.length);
  under.forEach((pixels, out) => {
    const values = pixels.map((pixel) => x[pixel]!);
    const sum = values.reduce((a, b) => a + b, 0);
    const norm = Math.hypot(...values);
    const largest = values.indexOf(Math.max(...values));
    y[out] = { max: values[largest]!, average: sum / values.length, l2: norm }[kind];
    pixels.forEach((pixel, k) => {
      const share = {
        max: k === largest ? 1 : 0,
        average: 1 / pixels.length,
        l2: norm === 0 ? 0 : values[k]! / norm,
      }[kind];
      dx[pixel]! += share * dy[out]!;
    });
  });
  return { y, dx };
}
