import type { Augmentation } from '../../../shared/augmentation.ts';
import type { ImageShape } from '../../../shared/network-shape.ts';
import { compileAugmentation } from '../graph/compile-augmentation.ts';
import { shardsHere } from './environment.ts';
import { EntryRunner } from './entry-runner.ts';
import { bytesTensor } from './feeds.ts';
import { GraphSession } from './graph-session.ts';
import { tensorFlow } from './tensorflow.ts';

/** Shows images as a run's training steps see them, without its network. */
export class Augmenter {
  readonly #runner: EntryRunner;

  private constructor(runner: EntryRunner) {
    this.#runner = runner;
  }

  /**
   * Compiles an augmentation for images of one shape.
   * @param augmentation null leaves the images as they are
   * @param seed the run's
   * @throws NoTemporaryFolderError if there is no place for the file from which TensorFlow reads the graph
   */
  static async open(
    augmentation: Augmentation | null,
    image: ImageShape,
    seed: number,
  ): Promise<Augmenter> {
    const graph = augmentation && compileAugmentation(augmentation, image, seed, shardsHere());
    return new Augmenter(new EntryRunner(graph && (await GraphSession.load(graph))));
  }

  /**
   * Shows a batch as a step sees it.
   * @param images bytes [N × H × W × C]
   * @param step steps done before it
   * @returns pixels in the same shape, 0 to 1
   */
  augment(images: Uint8Array, step: number): Float32Array {
    return runAugmentation(this.#runner, images, step);
  }

  /** Frees the graph. */
  close(): void {
    this.#runner.close();
  }
}

/** Brightness of one step of a pixel's byte, in float32 as in the graph. */
const BRIGHTNESS = Math.fround(1 / 255);

/** Like `Augmenter.augment`, with any graph; one without the entry point leaves its images as they are. */
export function runAugmentation(
  runner: EntryRunner,
  images: Uint8Array,
  step: number,
): Float32Array {
  if (!runner.has('augmented-images'))
    return Float32Array.from(images, (value) => value * BRIGHTNESS);
  const inputs = { images: bytesTensor(images), step: tensorFlow().scalar(step, 'int32') };
  return runner.fetchOne('augmented-images', 'pixels', inputs);
}
