import type {
  CheckpointAnswer,
  CheckpointRequestOf,
} from '../../../../shared/checkpoint-protocol.ts';
import { FailureError } from '../../../../shared/ipc.ts';
import { asideIn } from '../aside.ts';
import { entryNamed } from '../named-checkpoint.ts';
import { parseName, type CheckpointId } from '../names.ts';
import { changeFolder, changeFolderAsItIs, type AskedFolder } from './asked-folder.ts';

export async function answerSetAside(
  asked: AskedFolder,
  { name }: CheckpointRequestOf<'set-aside'>,
): Promise<CheckpointAnswer> {
  await changeFolder(asked, (store) =>
    store.setAside(entryNamed(asked.folder, store.entries, name)),
  );
  return { type: 'set-aside', name };
}

export async function answerPutBack(
  asked: AskedFolder,
  { name }: CheckpointRequestOf<'put-back'>,
): Promise<CheckpointAnswer> {
  await changeFolderAsItIs(asked, (store) => store.putBack(idNamed(asked.folder, name)));
  return { type: 'put-back', name };
}

export async function answerClearAside(
  asked: AskedFolder,
  { name }: CheckpointRequestOf<'clear-aside'>,
): Promise<CheckpointAnswer> {
  const chosen = name === null ? null : idNamed(asked.folder, name);
  // Most folders have none: these are not even locked.
  if ((await asideIn(asked.folder)).length > 0)
    await changeFolderAsItIs(asked, (store) => store.clearAside(chosen));
  return { type: 'removed', names: [] };
}

function idNamed(folder: string, name: string): CheckpointId {
  const id = parseName(name);
  if (id) return id;
  throw new FailureError({
    what: `“${name}” is no name of a checkpoint of Firstlayer.`,
    where: folder,
    remedy: 'Name it as the list of checkpoints does, such as model.ckpt-430.',
  });
}
