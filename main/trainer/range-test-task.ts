import { toFailure } from '../../shared/ipc.ts';
import type { TrainerCommandOf } from '../../shared/trainer-commands.ts';
import type { TrainerEvent } from '../../shared/trainer-events.ts';
import { testRates } from './training/range-test.ts';

/** Tries learning rates, and emits the result or the failure; folders and the service's own network are not touched. */
export async function answerTriedRates(
  { id, config, range, weightsFrom }: TrainerCommandOf<'try-rates'>,
  signal: AbortSignal,
  emit: (event: TrainerEvent) => void,
): Promise<void> {
  try {
    const result = await testRates(config, {
      range,
      weightsFrom: weightsFrom ?? null,
      signal,
      onProgress: (progress) => {
        emit({ type: 'rates-progress', ...progress });
      },
    });
    emit({ type: 'rates-tried', id, result });
  } catch (error) {
    emit({ type: 'rates-refused', id, ...toFailure(error, 'optimizer.learningRate') });
  }
}
