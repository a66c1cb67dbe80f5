import type { Augmentation } from '../../shared/augmentation.ts';
import { compile } from '../../main/trainer/graph/compile.ts';
import type { ImageShape } from '../../shared/network-shape.ts';
import { WIDEST } from '../../main/trainer/graph/layout.ts';
import { Session } from '../../main/trainer/tensorflow/session.ts';
import { convolution, descent, withScores } from './networks.ts';

/** What augmentation makes of images, seen through a session as a step sees them. */

/** Images as they come out at a step; each as pixels [H × W × C]. */
export async function augmented(
  augmentation: Augmentation | null,
  images: Uint8Array,
  image: ImageShape,
  { step = 0, seed = 1, layout = WIDEST } = {},
): Promise<Float32Array[]> {
  const run = descent(withScores(convolution()));
  const config = {
    ...run,
    data: { ...run.data, augmentation },
    training: { ...run.training, seed },
  };
  const session = await Session.open(compile(config, 'float32', image, layout));
  session.start();
  const pixels = session.augmented(images, step);
  session.close();
  const size = image.height * image.width * image.channels;
  return Array.from({ length: images.length / size }, (_, k) =>
    pixels.subarray(k * size, (k + 1) * size),
  );
}

/** One image many times over, so that each draw can be seen by itself. */
export const copies = (image: Uint8Array, count: number): Uint8Array => {
  const all = new Uint8Array(count * image.length);
  for (let k = 0; k < count; k++) all.set(image, k * image.length);
  return all;
};
