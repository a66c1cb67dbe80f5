import { toFailure } from '../../shared/ipc.ts';
import type { TrainerCommandOf } from '../../shared/trainer-commands.ts';
import type { TrainerEvent } from '../../shared/trainer-events.ts';
import { runExperiment } from './training/experiment.ts';

/** Runs an experiment, and emits the result or the failure; folders and the service's own network are not touched. */
export async function answerExperiment(
  { id, experiment }: TrainerCommandOf<'experiment'>,
  signal: AbortSignal,
  emit: (event: TrainerEvent) => void,
): Promise<void> {
  try {
    const result = await runExperiment(experiment, signal, (progress) => {
      emit({ type: 'experiment-progress', ...progress });
    });
    emit({ type: 'experiment-done', id, result });
  } catch (error) {
    emit({ type: 'experiment-refused', id, ...toFailure(error, 'the experiment') });
  }
}
