import type { CheckpointAnswer } from '../../../shared/checkpoint-protocol.ts';
import { toFailure } from '../../../shared/ipc.ts';
import { entryNamed } from '../checkpoint/named-checkpoint.ts';
import { listCheckpoints } from '../checkpoint/reading.ts';
import { answerCheckpointRequest } from '../checkpoint/requests/answer-request.ts';

/**
 * Pins a note to a checkpoint.
 * @param name of the checkpoint
 * @param text that `noteTextSchema` allows
 * @returns all notes, or why it is refused
 */
export async function addNoteTo(
  folder: string,
  name: string,
  text: string,
): Promise<CheckpointAnswer> {
  try {
    const { entries, recoveries } = await listCheckpoints(folder);
    const { branch, step } = entryNamed(folder, [...entries, ...recoveries], name);
    return await answerCheckpointRequest(folder, null, { type: 'add-note', branch, step, text });
  } catch (error) {
    return { type: 'refused', failure: toFailure(error, folder) };
  }
}
