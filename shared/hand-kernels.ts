import type { Plane } from './convolve.ts';

/** Kernels made by hand, to compare with learned ones. */
export const handKernels = {
  'upright-edge': [-1, 0, 1, -1, 0, 1, -1, 0, 1].map((weight) => weight / 3),
  'level-edge': [-1, -1, -1, 0, 0, 0, 1, 1, 1].map((weight) => weight / 3),
  outline: [-1, -1, -1, -1, 8, -1, -1, -1, -1].map((weight) => weight / 8),
  blur: Array.from({ length: 9 }, () => 1 / 9),
} as const;
export type HandKernel = keyof typeof handKernels;

export const handKernelWords: Readonly<Record<HandKernel, string>> = {
  'upright-edge': 'upright edge',
  'level-edge': 'level edge',
  outline: 'outline',
  blur: 'blur',
};

/** A kernel of 3×3. */
export const handKernel = (kind: HandKernel): Plane => ({
  height: 3,
  width: 3,
  values: Float32Array.from(handKernels[kind]),
});
