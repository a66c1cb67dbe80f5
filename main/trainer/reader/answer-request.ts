import { datasetNames } from '../../../shared/dataset-names.ts';
import type {
  DatasetAnswer,
  DatasetAnswerTo,
  DatasetRequest,
  DatasetRequestOf,
} from '../../../shared/dataset-requests.ts';
import { FailureError } from '../../../shared/ipc.ts';
import { alikePairs } from '../data/alike.ts';
import { countParts, openDataset, type Dataset } from '../data/dataset.ts';
import { describeSet, fetchSet } from '../data/named/sets.ts';
import type { ReadingWatch } from '../data/raw-dataset.ts';
import { decodePicture } from '../tensorflow/picture-decoder.ts';
import type { AugmentedSamples } from './augmented-samples.ts';
import { findExamples, pixelsOf } from './example-pages.ts';
import { fitPicture } from './fitted-picture.ts';

/** What the answer to a request may need. */
export interface ReaderScene {
  watch: ReadingWatch;
  /** The dataset that was opened last; null if there is none. */
  opened(): Dataset | null;
  keep(dataset: Dataset): void;
  augmentedSamples: AugmentedSamples;
}

/**
 * Answers a request about datasets.
 * @throws FailureError that names what cannot be read; the signal's reason if it is aborted
 */
export async function answerRequest(
  request: DatasetRequest,
  scene: ReaderScene,
): Promise<DatasetAnswer> {
  switch (request.type) {
    case 'sets':
      return { type: 'sets', sets: datasetNames.map((name) => ({ name, ...describeSet(name) })) };
    case 'fetch':
      await fetchSet(request.name, scene.watch);
      return { type: 'fetch' };
    case 'open':
      return answerOpen(request, scene);
    case 'examples':
      return answerExamples(request, openedOf(scene));
    case 'alike':
      return answerAlike(request, openedOf(scene), scene.watch.signal);
    case 'augmented':
      return scene.augmentedSamples.answer(request, scene.watch);
    case 'fit':
      return { type: 'fit', ...(await fitPicture(request.data, scene.watch)) };
  }
}

function openedOf(scene: ReaderScene): Dataset {
  const dataset = scene.opened();
  if (dataset) return dataset;
  throw new FailureError({
    what: 'No dataset is open to be looked at.',
    where: 'the reader process',
    remedy: 'Read the data again.',
  });
}

async function answerOpen(
  { data }: DatasetRequestOf<'open'>,
  scene: ReaderScene,
): Promise<DatasetAnswerTo<'open'>> {
  const dataset = await openDataset(data, { decode: decodePicture, watch: scene.watch });
  scene.keep(dataset);
  const { height, width, channels, classNames, findings } = dataset;
  const counts = countParts(dataset);
  return { type: 'open', height, width, channels, classNames, findings, counts };
}

function answerExamples(
  { part, ...page }: DatasetRequestOf<'examples'>,
  dataset: Dataset,
): DatasetAnswerTo<'examples'> {
  const { total, examples } = findExamples(dataset[part].labels, page);
  const pixels = pixelsOf(
    dataset,
    examples.map(({ number }) => ({ part, number })),
  );
  return { type: 'examples', total, examples, pixels };
}

async function answerAlike(
  { most }: DatasetRequestOf<'alike'>,
  dataset: Dataset,
  signal: AbortSignal,
): Promise<DatasetAnswerTo<'alike'>> {
  const labelled = (part: 'test' | 'train', number: number) => ({
    number,
    label: dataset[part].labels[number] ?? 0,
  });
  const found = await alikePairs(dataset, most, signal);
  const pairs = found.map(({ test, train, difference }) => ({
    test: labelled('test', test),
    train: labelled('train', train),
    difference,
  }));
  const pixels = pixelsOf(
    dataset,
    pairs.flatMap(({ test, train }) => [
      { part: 'test' as const, number: test.number },
      { part: 'train' as const, number: train.number },
    ]),
  );
  return { type: 'alike', pairs, pixels };
}
