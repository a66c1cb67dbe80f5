import { toFailure } from '../../shared/ipc.ts';
import type { TrainerCommandOf } from '../../shared/trainer-commands.ts';
import type { TrainerEvent } from '../../shared/trainer-events.ts';
import { measureCost } from './start/measure-cost.ts';

/** Measures what a configuration costs, and emits the result or the failure; the service's own network is not touched. */
export async function answerMeasuredCost(
  { id, config, image }: TrainerCommandOf<'measure-cost'>,
  signal: AbortSignal,
  emit: (event: TrainerEvent) => void,
): Promise<void> {
  try {
    emit({ type: 'cost-measured', id, measured: await measureCost(config, image, signal) });
  } catch (error) {
    emit({ type: 'cost-refused', id, ...toFailure(error, 'the set-up') });
  }
}
