import type { Augmentation } from '../../../shared/augmentation.ts';
import type { ImageShape } from '../../../shared/network-shape.ts';
import { augmentImages } from './augmentation/augment-images.ts';
import { shapeOf, unpack } from './arrays.ts';
import { DType, GraphBuilder } from './builder.ts';
import type { EntryPointName } from './entry-points/names.ts';
import { decodeImages, toBrightness } from './inputs.ts';
import { serializeGraph, type SerializedGraph } from './saved-model.ts';

/**
 * Compiles augmentation without a network: one entry point, `augmented-images`, with the inputs and outputs that it has in a run's graph.
 * @param seed the run's
 * @param shards the run's: TensorFlow orders sums by the shapes it knows, so only the same shards give the same last bits
 * @returns null if no change is on
 */
export function compileAugmentation(
  augmentation: Augmentation,
  image: ImageShape,
  seed: number,
  shards: number,
): SerializedGraph<EntryPointName> | null {
  const g = new GraphBuilder();
  const images = g.placeholder('images', DType.string, []);
  const step = g.placeholder('step', DType.int32, []);
  const bytes = decodeImages(g, images, image);
  const [examples] = unpack(g, shapeOf(g, bytes), 4);
  if (!examples) throw new Error('images have a number');
  const draw = { seed, step, examples };
  const pixels = augmentImages(g, augmentation, image, toBrightness(g, bytes), draw, shards);
  if (!pixels) return null;
  const entryPoint = { inputs: { images, step }, outputs: { pixels } };
  return serializeGraph<EntryPointName>(g, { 'augmented-images': entryPoint });
}
