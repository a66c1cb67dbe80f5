/** Finds the window of a summary's layer from the sizes before and after it. */

type Side = readonly [height: number, width: number];

export interface Window {
  size: [number, number];
  stride: [number, number];
  padding: 'same' | 'valid';
}
export interface KernelFit extends Window {
  bias: boolean;
}

/** The largest window and stride of this app. */
const MOST = 64;
const paddings = ['same', 'valid'] as const;

const placesOf = (from: number, size: number, stride: number, padding: Window['padding']): number =>
  Math.ceil((padding === 'same' ? from : from - size + 1) / stride);

/** The strides with which a window has `to` places on `from`, the least first. */
function stridesFor(from: number, to: number, size: number, padding: Window['padding']): number[] {
  const strides: number[] = [];
  if (padding === 'same' || size <= from)
    for (let stride = 1; stride <= MOST; stride++)
      if (placesOf(from, size, stride, padding) === to) strides.push(stride);
  return strides;
}

/** The least strides for both sides, equal ones if possible; null if there are none. */
function strideFor(from: Side, to: Side, size: Side, padding: Window['padding']): Side | null {
  const [down, right] = ([0, 1] as const).map((k) => stridesFor(from[k], to[k], size[k], padding));
  const both = down?.find((stride) => right?.includes(stride));
  if (both !== undefined) return [both, both];
  const [first, second] = [down?.[0], right?.[0]];
  return first === undefined || second === undefined ? null : [first, second];
}

/** A convolution as described by a summary. */
export interface ToldConvolution {
  /** [height, width, channels] before and after it. */
  from: readonly [number, number, number];
  to: readonly [number, number, number];
  parameters: number;
}

/** All convolutions that fit, the likeliest first: those with a square window, then with equal strides, then with a bias. */
export function kernelsFor({ from, to, parameters }: ToldConvolution): KernelFit[] {
  const fits: KernelFit[] = [];
  const perPlace = from[2] * to[2];
  for (const bias of [true, false]) {
    const area = (parameters - (bias ? to[2] : 0)) / perPlace;
    if (!Number.isInteger(area)) continue;
    for (let height = 1; height <= Math.min(area, MOST); height++) {
      const width = area / height;
      if (!Number.isInteger(width) || width > MOST) continue;
      for (const padding of paddings) {
        const size: [number, number] = [height, width];
        const stride = strideFor([from[0], from[1]], [to[0], to[1]], size, padding);
        if (stride) fits.push({ size, stride: [...stride], padding, bias });
      }
    }
  }
  const oddness = ({ size: [height, width], stride }: KernelFit): number =>
    Math.abs(Math.log(height / width)) * 10 + Math.abs(Math.log(stride[0] / stride[1]));
  return fits.sort((a, b) => oddness(a) - oddness(b));
}

/** The window of a pooling: as large as its stride, which is usual, or else an overlapping one of size two or three. Null if none fits. */
export function poolingFor(from: Side, to: Side): Window | null {
  // Keras's own default is "valid".
  for (const padding of ['valid', 'same'] as const)
    for (let stride = 1; stride <= MOST; stride++)
      if (([0, 1] as const).every((k) => placesOf(from[k], stride, stride, padding) === to[k]))
        return { size: [stride, stride], stride: [stride, stride], padding };
  for (const size of [2, 3])
    for (const padding of ['valid', 'same'] as const) {
      const stride = strideFor(from, to, [size, size], padding);
      if (stride) return { size: [size, size], stride: [...stride], padding };
    }
  return null;
}
