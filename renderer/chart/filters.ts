import type { AnswerTo } from '../../shared/questions.ts';

/** One filter's weights, row by row; several input channels are averaged. */
export interface Kernel {
  number: number;
  height: number;
  width: number;
  weights: Float32Array;
  least: number;
  most: number;
}

/** Takes apart [height, width, channels, filters]. Filters count from 1, as people do. */
export function kernelsOf({
  shape,
  values,
}: Pick<AnswerTo<'filters'>, 'shape' | 'values'>): Kernel[] {
  if (shape === null) return [];
  const [height, width, channels, filters] = shape;
  return Array.from({ length: filters }, (_, filter): Kernel => {
    const weights = new Float32Array(height * width);
    for (let place = 0; place < height * width; place++) {
      let sum = 0;
      for (let channel = 0; channel < channels; channel++)
        sum += values[(place * channels + channel) * filters + filter] ?? 0;
      weights[place] = sum / channels;
    }
    return {
      number: filter + 1,
      height,
      width,
      weights,
      least: Math.min(...weights),
      most: Math.max(...weights),
    };
  });
}

/** The greatest weight of all, sign aside: where the one colour scale ends. */
export const limitOf = (kernels: readonly Kernel[]): number =>
  kernels.reduce(
    (most, kernel) => Math.max(most, Math.abs(kernel.least), Math.abs(kernel.most)),
    0,
  );
