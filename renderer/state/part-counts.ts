import type { RunConfig } from '../../shared/config.ts';
import { fields } from '../../shared/fields.ts';
import { MNIST_IMAGES, MNIST_TEST_IMAGES } from '../../shared/preset-networks.ts';
import type { PartCounts } from '../../shared/run-cost.ts';
import type { TrainerEventOf } from '../../shared/trainer-events.ts';

/** Data that were read, and how many images each part has. */
export interface CountedData {
  data: Pick<RunConfig['data'], 'dataset' | 'validationSize'>;
  examples: PartCounts;
}

/** The data of the run that was started last; none: there was none. */
export const countedByRun = (started: TrainerEventOf<'started'> | null): CountedData[] =>
  started ? [{ data: started.config.data, examples: started.examples }] : [];

/**
 * How many images of these data there are to train on, to validate and to test; null: it is not known before they are read.
 * @param known data that were read
 */
export function partCountsOf(
  { dataset, validationSize }: CountedData['data'],
  known: readonly CountedData[],
): PartCounts | null {
  const read = known.find(
    ({ data }) => data.dataset === dataset && data.validationSize === validationSize,
  );
  if (read) return read.examples;
  if (dataset !== fields['data.dataset'].default) return null;
  return {
    train: Math.max(1, MNIST_IMAGES - validationSize),
    validation: Math.min(validationSize, MNIST_IMAGES - 1),
    test: MNIST_TEST_IMAGES,
  };
}
