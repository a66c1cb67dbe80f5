import type {
  CheckpointAnswer,
  CheckpointRequestOf,
} from '../../../../shared/checkpoint-protocol.ts';
import { entryNamed } from '../named-checkpoint.ts';
import { removeChosen, type AskedFolder } from './asked-folder.ts';

export const answerDelete = (
  asked: AskedFolder,
  { name }: CheckpointRequestOf<'delete'>,
): Promise<CheckpointAnswer> =>
  removeChosen(asked, (entries) => [entryNamed(asked.folder, entries, name)]);
