import type { AppContract } from '../shared/contract.ts';
import type { Handlers } from '../shared/ipc.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import type { DatasetPlaces } from './dataset-places.ts';
import type { ReaderHost } from './reader-host.ts';

interface Parts {
  folder: CheckpointFolder;
  places: DatasetPlaces;
  predictor: ReaderHost;
}

/** What a checkpoint of the present folder takes examples for: of its run's own data, or of data that the person chose. */
export const predictionHandlers = ({
  folder,
  places,
  predictor,
}: Parts): Pick<Handlers<AppContract>, 'predictions' | 'stopPredicting'> => ({
  predictions(request) {
    if (request.dataset !== null) places.check(request.dataset);
    return predictor.ask({ ...request, folder: folder.path });
  },
  stopPredicting() {
    predictor.stop();
  },
});
