import { writeFileSync } from 'node:fs';
import type { AppContract } from '../shared/contract.ts';
import type { Handlers } from '../shared/ipc.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import type { DatasetPlaces } from './dataset-places.ts';
import { fileFailure } from './file-failure.ts';
import type { LabelMarks } from './label-marks.ts';
import type { OwnDrawings } from './own-drawings.ts';
import type { ReaderHost } from './reader-host.ts';

interface Parts {
  folder: CheckpointFolder;
  places: DatasetPlaces;
  predictor: ReaderHost;
  labelMarks: LabelMarks;
  ownDrawings: Pick<OwnDrawings, 'place'>;
}

type PredictionCalls =
  | 'predictions'
  | 'stopPredicting'
  | 'askCheckpoint'
  | 'releaseCheckpoint'
  | 'labelMarks'
  | 'saveTable';

/**
 * What a checkpoint of the present folder takes examples for, of its run's own data, of data that the person chose or of their own
 * drawings; and what the person says of their labels.
 */
export const predictionHandlers = (
  { folder, places, predictor, labelMarks, ownDrawings }: Parts,
  askForTableFile: (suggested: string) => Promise<string | null>,
): Pick<Handlers<AppContract>, PredictionCalls> => ({
  predictions(request) {
    if ('dataset' in request && request.dataset !== null) places.check(request.dataset);
    const own = ownDrawings.place;
    return predictor.ask({
      ...{ ...request, folder: folder.path },
      ...(own !== null && { ownDrawings: own }),
    });
  },
  stopPredicting() {
    predictor.stop();
  },
  async askCheckpoint(question) {
    const answer = await predictor.ask({ type: 'question', ...question, folder: folder.path });
    return answer?.answer ?? null;
  },
  releaseCheckpoint() {
    predictor.release();
  },
  labelMarks(request) {
    return labelMarks.carryOut(request);
  },
  async saveTable({ name, text }) {
    const path = await askForTableFile(`${name}.csv`);
    if (path === null) return null;
    try {
      writeFileSync(path, text);
    } catch (cause) {
      throw fileFailure('The table could not be saved', path, cause);
    }
    return path;
  },
});
