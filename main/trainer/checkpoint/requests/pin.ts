import type {
  CheckpointAnswer,
  CheckpointRequestOf,
} from '../../../../shared/checkpoint-protocol.ts';
import { entryNamed, verifiedCheckpoint } from '../named-checkpoint.ts';
import { changeFolder, type AskedFolder } from './asked-folder.ts';

export async function answerPin(
  asked: AskedFolder,
  { name, pinned }: CheckpointRequestOf<'pin'>,
): Promise<CheckpointAnswer> {
  await changeFolder(asked, async (store) => {
    const entry = entryNamed(asked.folder, store.entries, name);
    await verifiedCheckpoint(asked.folder, entry);
    await store.pin(entry, pinned);
  });
  return { type: 'pin', name, pinned };
}
