import type { Augmentation } from '../../../shared/augmentation.ts';
import type { ImageShape } from '../../../shared/network-shape.ts';
import { augmentImages } from './augmentation/augment-images.ts';
import { shapeOf, unpack } from './arrays.ts';
import { DType, GraphBuilder } from './builder.ts';
import type { EntryPointName } from './entry-points/names.ts';
import { decodeImages, toBrightness } from './inputs.ts';
import { serializeGraph, type SerializedGraph } from './saved-model.ts';

/**
 * Augmentation without a network: one entry point, `augmented-images`, fed and answering as that of a run's graph does.
 * @param seed of the run
 * @param shards of the run: TensorFlow orders sums by the shapes that it knows, so the last bits are the same in as many shards alone
 * @returns null where nothing is to be done to the images
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
