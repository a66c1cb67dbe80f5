import type { AnswerTo } from '../../shared/questions.ts';

/** One filter's weights. */
export interface Kernel {
  number: number;
  height: number;
  width: number;
  /** One a channel of the image, row by row [height × width]: one of a grey image; red, green and blue of one in colour. */
  planes: readonly Float32Array[];
  /** Of all planes. */
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
    const planes = Array.from({ length: channels }, (__, channel) =>
      Float32Array.from(
        { length: height * width },
        (___, place) => values[(place * channels + channel) * filters + filter] ?? 0,
      ),
    );
    return {
      number: filter + 1,
      height,
      width,
      planes,
      least: Math.min(...planes.map((plane) => Math.min(...plane))),
      most: Math.max(...planes.map((plane) => Math.max(...plane))),
    };
  });
}

/** The greatest weight of all, sign aside: where the one colour scale ends. */
export const limitOf = (kernels: readonly Kernel[]): number =>
  kernels.reduce(
    (most, kernel) => Math.max(most, Math.abs(kernel.least), Math.abs(kernel.most)),
    0,
  );
