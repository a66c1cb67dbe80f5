import { partNames } from '../../../shared/dataset-parts.ts';
import type { DatasetAnswerTo, DatasetRequestOf } from '../../../shared/dataset-requests.ts';
import type { DataSettings } from '../data/data-settings.ts';
import { openDataset } from '../data/dataset.ts';
import { imageBytes, type ReadingWatch } from '../data/raw-dataset.ts';
import { Augmenter } from '../tensorflow/augmenter.ts';
import { decodePicture } from '../tensorflow/picture-decoder.ts';
import { pixelsOf } from './example-pages.ts';
import { firstOfEachClass } from './one-of-each-class.ts';

type Asked = DatasetRequestOf<'augmented'>;
type Samples = Omit<DatasetAnswerTo<'augmented'>, 'type' | 'augmented'>;

/** Most bytes of the images shown together: many large ones could neither be seen nor augmented at once. */
const MOST_BYTES = 2e6;
const LEAST_SHOWN = 2;

/** A thing that was made, and the input it was made from: it is made again when the input changes. */
interface Made<T> {
  from: string;
  it: T;
}

/**
 * Shows training images before and after augmentation. Of a dataset it keeps only the images that are shown, and of graphs only that of one
 * augmentation.
 */
export class AugmentedSamples {
  #samples: Made<Samples> | null = null;
  #augmenter: Made<Augmenter> | null = null;

  /**
   * Answers with some images, as they are and as a training step sees them if they are its batch.
   * @throws FailureError that names what cannot be read; the signal's reason if it is aborted
   */
  async answer(asked: Asked, watch: ReadingWatch): Promise<DatasetAnswerTo<'augmented'>> {
    const samples = await this.#samplesFor(asked, watch);
    const augmenter = await this.#augmenterFor(asked, samples, watch.signal);
    const seen = augmenter.augment(samples.pixels, asked.step);
    // The clamped array rounds its values and cuts them off at 0 and 255.
    const augmented = new Uint8ClampedArray(seen.map((brightness) => brightness * 255));
    return { type: 'augmented', ...samples, augmented: new Uint8Array(augmented.buffer) };
  }

  async #samplesFor({ data, seed, most }: Asked, watch: ReadingWatch): Promise<Samples> {
    // The batch size and the augmentation do not decide which images are shown.
    const from = JSON.stringify([{ ...data, batchSize: null, augmentation: null }, seed, most]);
    if (this.#samples?.from === from) return this.#samples.it;
    // The images of two datasets are not held at once.
    this.#samples = null;
    const it = await readSamples(data, seed, most, watch);
    watch.signal.throwIfAborted();
    this.#samples = { from, it };
    return it;
  }

  async #augmenterFor(
    { data: { augmentation }, seed }: Asked,
    { height, width, channels }: Samples,
    signal: AbortSignal,
  ): Promise<Augmenter> {
    const from = JSON.stringify([augmentation, seed, height, width, channels]);
    if (this.#augmenter?.from === from) return this.#augmenter.it;
    // The number of classes does not matter for an image.
    const it = await Augmenter.open(augmentation, { height, width, channels, classes: 2 }, seed);
    if (signal.aborted) it.close();
    signal.throwIfAborted();
    this.#augmenter?.it.close();
    this.#augmenter = { from, it };
    return it;
  }
}

async function readSamples(
  settings: DataSettings,
  seed: number,
  most: number,
  watch: ReadingWatch,
): Promise<Samples> {
  const dataset = await openDataset(settings, { decode: decodePicture, watch });
  const { height, width, channels, classNames, findings, train } = dataset;
  const fitting = Math.max(LEAST_SHOWN, Math.floor(MOST_BYTES / imageBytes(dataset)));
  const numbers = firstOfEachClass(train.labels, seed, Math.min(most, fitting));
  const wanted = numbers.map((number) => ({ part: 'train' as const, number }));
  const [inTrain = 0, inValidation = 0, inTest = 0] = partNames.map((part) => dataset[part].count);
  return {
    ...{ height, width, channels, findings },
    counts: { train: inTrain, validation: inValidation, test: inTest },
    examples: numbers.map((number) => {
      const label = train.labels[number] ?? 0;
      return { number, label, name: classNames[label] ?? String(label) };
    }),
    pixels: pixelsOf(dataset, wanted),
  };
}
