import type { AppContract } from '../shared/contract.ts';
import type { Handlers } from '../shared/ipc.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import type { Prover } from './prover.ts';
import type { TrainingSupervisor } from './training-supervisor.ts';

interface Parts {
  prover: Prover;
  training: TrainingSupervisor;
  folder: CheckpointFolder;
}

/** What the contract's calls do that are about proving checkpoints. */
export const proofHandlers = ({
  prover,
  training,
  folder,
}: Parts): Pick<Handlers<AppContract>, 'prove' | 'stopProving' | 'dismissProof'> => ({
  prove(request) {
    training.refuseWhileBusy();
    prover.prove(folder.path, request);
  },
  stopProving() {
    prover.stop();
  },
  dismissProof() {
    prover.dismiss();
  },
});
