import type { RunConfig } from '../../shared/config.ts';
import { fields } from '../../shared/fields.ts';
import { MNIST_IMAGES, MNIST_TEST_IMAGES } from '../../shared/preset-networks.ts';
import type { PartCounts } from '../../shared/run-cost.ts';
import type { TrainerEventOf } from '../../shared/trainer-events.ts';

/**
 * How many images of these data there are to train on, to validate and to test; null: it is not known before they are read.
 * @param started the run that was started last, which knows its own data; null: there was none
 */
export function partCountsOf(
  { dataset, validationSize }: RunConfig['data'],
  started: TrainerEventOf<'started'> | null,
): PartCounts | null {
  const of = started?.config.data;
  if (started && of?.dataset === dataset && of.validationSize === validationSize)
    return started.examples;
  if (dataset !== fields['data.dataset'].default) return null;
  return {
    train: Math.max(1, MNIST_IMAGES - validationSize),
    validation: Math.min(validationSize, MNIST_IMAGES - 1),
    test: MNIST_TEST_IMAGES,
  };
}
