import { imagesOf } from '../../shared/appearance.ts';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { TrainerCommandOf } from '../../shared/trainer-commands.ts';
import type { TrainerEvent } from '../../shared/trainer-events.ts';
import { otherWriter } from './checkpoint/folder.ts';
import { readHistory } from './checkpoint/history.ts';
import { namedOrNewestCheckpoint } from './checkpoint/named-checkpoint.ts';
import { foundIn, surveyFolder } from './checkpoint/survey.ts';
import { restoredSession } from './tensorflow/restored-session.ts';
import { takeOver } from './start/take-over.ts';
import type { NetworkSlot } from './tensorflow/network-slot.ts';
import { refOf } from './training/run.ts';
import { firstBranch } from '../../shared/branch.ts';

/**
 * Opens a folder: from now on its newest checkpoint's network, or that of the named checkpoint, answers questions. Everything else about
 * the folder is emitted as `opened`.
 * @throws FailureError if the folder cannot be read, or the named checkpoint is damaged or missing
 */
export async function openFolder(
  { checkpointDir: folder, from, takeOver: takesOver }: TrainerCommandOf<'open'>,
  network: NetworkSlot,
  emit: (event: TrainerEvent) => void,
): Promise<void> {
  emit({ type: 'phase', phase: 'preparing', detail: 'opening the checkpoint folder' });
  network.replace(null);
  const told = takesOver ? await takeOverIfPossible(folder, emit) : [];
  const { checkpoint, warnings } = await namedOrNewestCheckpoint(folder, from);
  if (checkpoint) network.replace(await restoredSession(checkpoint));
  const { branch, cursor } = checkpoint?.record ?? { branch: firstBranch, cursor: { step: 0 } };
  const { history, problems } = await readHistory(folder, branch, cursor.step);
  const writer = await otherWriter(folder);
  const found = await surveyFolder(folder);
  emit({
    type: 'opened',
    checkpointDir: folder,
    restoredFrom: checkpoint && refOf(checkpoint),
    config: checkpoint?.record.config ?? null,
    ...(checkpoint && { images: imagesOf(checkpoint.record) }),
    precision: checkpoint?.record.precision ?? null,
    history,
    warnings: [...(writer ? [writer] : []), ...told, ...warnings, ...problems],
    found: foundIn(found),
  });
}

/**
 * Takes the folder over; if that is not possible, this is reported and the folder opened as it is.
 * @returns notices of what was done
 */
async function takeOverIfPossible(
  folder: string,
  emit: (event: TrainerEvent) => void,
): Promise<Failure[]> {
  try {
    return await takeOver(folder, null);
  } catch (error) {
    emit({ type: 'failed', ...toFailure(error, folder), refused: true });
    return [];
  }
}
