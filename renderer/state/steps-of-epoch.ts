import type { RunConfig } from '../../shared/config.ts';
import type { TrainerEventOf } from '../../shared/trainer-events.ts';
import { partCountsOf } from './part-counts.ts';

/**
 * Steps of an epoch on these data; null: how many images there are is not known before they are read.
 * @param started the run that was started last, which knows its own data; null: there was none
 */
export function stepsOfEpoch(
  data: RunConfig['data'],
  started: TrainerEventOf<'started'> | null,
): number | null {
  const counts = partCountsOf(data, started);
  return counts && Math.ceil(counts.train / data.batchSize);
}
