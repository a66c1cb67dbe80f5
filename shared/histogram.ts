import * as v from 'valibot';
import { count } from './schema-parts.ts';

/** Parts of a histogram, equally wide. */
export const HISTOGRAM_BINS = 32;

/** How the numbers of one layer are spread. */
export const layerHistogramSchema = v.strictObject({
  /** Its place in the network's list. */
  layer: count,
  /** By type and number, such as convolution_2. */
  name: v.string(),
  least: v.number(),
  most: v.number(),
  /** From the least number to the greatest, in `HISTOGRAM_BINS` parts that are equally wide. */
  counts: v.array(v.number()),
  /** Share of the numbers that are exactly 0. */
  zeros: v.number(),
});
export type LayerHistogram = v.InferOutput<typeof layerHistogramSchema>;
