/** What the filters' pictures show. */
export const filterMeasures = ['weights', 'change'] as const;
export type FilterMeasure = (typeof filterMeasures)[number];

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
}: {
  shape: readonly [number, number, number, number] | null;
  values: Float32Array;
}): Kernel[] {
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

/** The greatest of all, sign aside, of the weights or of how far they are from others: where the one colour scale ends. */
export function limitOf(values: Float32Array, since: Float32Array | null = null): number {
  let most = 0;
  for (let k = 0; k < values.length; k++)
    most = Math.max(most, Math.abs((values[k] ?? 0) - (since?.[k] ?? 0)));
  return most;
}

/** As `limitOf`, of kernels. */
export const limitOfKernels = (kernels: readonly Kernel[]): number =>
  kernels.reduce((most, each) => Math.max(most, -each.least, each.most), 0);

/** How far weights are from what they were. */
export const changeSince = (values: Float32Array, since: Float32Array): Float32Array =>
  values.map((value, k) => value - (since[k] ?? 0));
