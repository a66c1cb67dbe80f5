import type { RunConfig } from '../../shared/config.ts';
import { fields } from '../../shared/fields.ts';
import { isSameList } from '../../shared/left-out.ts';
import { mixedExamples } from '../../shared/mixed-drawings.ts';
import { MNIST_IMAGES, MNIST_TEST_IMAGES } from '../../shared/preset-networks.ts';
import type { PartCounts } from '../../shared/run-cost.ts';
import type { TrainerEventOf } from '../../shared/trainer-events.ts';

/** Data that were read, and how many images each part has. */
export interface CountedData {
  data: Pick<RunConfig['data'], 'dataset' | 'validationSize' | 'leftOut'>;
  /** Without drawings of one's own. */
  examples: PartCounts;
  classNames: readonly string[];
}

/** The data of the run that was started last; none: there was none. */
export function countedByRun(started: TrainerEventOf<'started'> | null): CountedData[] {
  if (!started) return [];
  const { config, examples, images } = started;
  const train = examples.train - mixedExamples(config.data.ownDrawings);
  const classNames = images?.classNames ?? [];
  return [{ data: config.data, examples: { ...examples, train }, classNames }];
}

/**
 * How many images of these data there are to train on, to validate and to test; null: it is not known before they are read.
 * @param known data that were read
 */
export function partCountsOf(
  { dataset, validationSize, leftOut }: CountedData['data'],
  known: readonly Pick<CountedData, 'data' | 'examples'>[],
): PartCounts | null {
  const read = known.filter(
    ({ data }) => data.dataset === dataset && data.validationSize === validationSize,
  );
  // Where others are left out, it is nearly as many.
  const best = read.find(({ data }) => isSameList(data.leftOut, leftOut)) ?? read[0];
  if (best) return best.examples;
  if (dataset !== fields['data.dataset'].default) return null;
  return {
    train: Math.max(1, MNIST_IMAGES - validationSize),
    validation: Math.min(validationSize, MNIST_IMAGES - 1),
    test: MNIST_TEST_IMAGES,
  };
}
