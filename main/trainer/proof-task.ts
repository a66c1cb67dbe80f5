import { toFailure } from '../../shared/ipc.ts';
import type { TrainerCommandOf } from '../../shared/trainer-commands.ts';
import type { TrainerEvent } from '../../shared/trainer-events.ts';
import { proveCheckpoint } from './training/proof/prove.ts';

/** Proves a checkpoint, and tells what came of it or why that could not be; folders and the service's own network stay as they are. */
export async function answerProof(
  { id, checkpointDir, request }: TrainerCommandOf<'prove'>,
  signal: AbortSignal,
  emit: (event: TrainerEvent) => void,
): Promise<void> {
  try {
    const proof = await proveCheckpoint(checkpointDir, request, {
      signal,
      onProgress: (progress) => {
        emit({ type: 'proof-progress', id, ...progress });
      },
    });
    emit({ type: 'proved', id, proof });
  } catch (error) {
    emit({ type: 'proof-refused', id, ...toFailure(error, checkpointDir) });
  }
}
