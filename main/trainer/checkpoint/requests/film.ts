import type {
  CheckpointAnswer,
  CheckpointRequestOf,
} from '../../../../shared/checkpoint-protocol.ts';
import { answerWith } from '../film/film-log.ts';
import { readFilm } from '../film/read-film.ts';
import type { AskedFolder } from './asked-folder.ts';

/** Of a folder that this process does not train in; of one where it does, the run's own film answers. */
export async function answerFilm(
  { folder }: AskedFolder,
  { branch, step, after }: CheckpointRequestOf<'film'>,
): Promise<CheckpointAnswer> {
  const { film, problems } = await readFilm(folder, branch, step ?? Infinity);
  return answerWith(film, after, problems);
}
