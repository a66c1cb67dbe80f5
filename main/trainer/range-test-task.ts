import { toFailure } from '../../shared/ipc.ts';
import type { TrainerCommandOf } from '../../shared/trainer-commands.ts';
import type { TrainerEvent } from '../../shared/trainer-events.ts';
import { testRates } from './training/range-test.ts';

/** Tries rates, and tells what came of it or why that could not be; folders and the service's own network stay as they are. */
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
