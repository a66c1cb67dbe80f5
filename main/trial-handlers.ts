import type { AppContract } from '../shared/contract.ts';
import type { Handlers } from '../shared/ipc.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import type { DatasetPlaces } from './dataset-places.ts';
import type { TrainerHost } from './trainer-host.ts';
import type { TrainingSupervisor } from './training-supervisor.ts';

interface Parts {
  host: TrainerHost;
  training: TrainingSupervisor;
  folder: CheckpointFolder;
  places: DatasetPlaces;
}

type Names =
  | 'tryRates'
  | 'stopTryingRates'
  | 'measureCost'
  | 'stopMeasuringCost'
  | 'experiment'
  | 'stopExperiment';

/** What the contract's calls do that train networks which are thrown away. */
export const trialHandlers = ({
  host,
  training,
  folder,
  places,
}: Parts): Pick<Handlers<AppContract>, Names> => ({
  tryRates(request) {
    training.refuseWhileBusy();
    places.checkRun(request.config.data);
    return host.tryRates(request, folder.path);
  },
  stopTryingRates() {
    host.stopTryingRates();
  },
  measureCost(request) {
    training.refuseWhileBusy();
    return host.measureCost(request);
  },
  stopMeasuringCost() {
    host.stopMeasuringCost();
  },
  experiment({ experiment }) {
    training.refuseWhileBusy();
    return host.experiment(experiment);
  },
  stopExperiment() {
    host.stopExperiment();
  },
});
