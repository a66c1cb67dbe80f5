import type { RunConfig } from '../../shared/config.ts';
import { fields } from '../../shared/fields.ts';
import { MNIST_IMAGES } from '../../shared/preset-networks.ts';
import type { TrainerEventOf } from '../../shared/trainer-events.ts';

/**
 * Steps of an epoch on these data; null: how many images there are is not known before they are read.
 * @param started the run that was started last, which knows its own data; null: there was none
 */
export function stepsOfEpoch(
  data: RunConfig['data'],
  started: TrainerEventOf<'started'> | null,
): number | null {
  const { dataset, validationSize, batchSize } = data;
  const of = started?.config.data;
  if (started && of?.dataset === dataset && of.validationSize === validationSize)
    return Math.ceil(started.examples.train / batchSize);
  if (dataset !== fields['data.dataset'].default) return null;
  return Math.ceil(Math.max(1, MNIST_IMAGES - validationSize) / batchSize);
}
