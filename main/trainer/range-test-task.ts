import { FailureError, toFailure } from '../../shared/ipc.ts';
import type { TrainerCommandOf } from '../../shared/trainer-commands.ts';
import type { TrainerEvent } from '../../shared/trainer-events.ts';
import { namedOrNewestCheckpoint } from './checkpoint/named-checkpoint.ts';
import { testRates } from './training/range-test.ts';

/** Tries rates, and tells what came of it or why that could not be; the folder and the service's own network stay as they are. */
export async function answerTriedRates(
  { id, config, range, weightsFrom: folder }: TrainerCommandOf<'try-rates'>,
  signal: AbortSignal,
  emit: (event: TrainerEvent) => void,
): Promise<void> {
  try {
    const weightsFrom = folder === undefined ? null : await newestWeights(folder);
    const result = await testRates(config, {
      range,
      weightsFrom,
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

/** @throws FailureError where the folder has no good checkpoint */
async function newestWeights(folder: string): Promise<string> {
  const { checkpoint } = await namedOrNewestCheckpoint(folder, undefined);
  if (checkpoint) return checkpoint.prefix;
  throw new FailureError({
    what: 'There is no good checkpoint whose weights the rates could be tried with.',
    where: folder,
    remedy: 'Try them with fresh weights.',
  });
}
