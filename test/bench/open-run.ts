import type { RunConfig } from '../../shared/config.ts';
import { RunFolder } from '../../main/trainer/checkpoint/thread/run-folder.ts';
import { unwatched } from '../../main/trainer/data/raw-dataset.ts';
import { feasibleRun } from '../../main/trainer/start/feasible.ts';
import { Run } from '../../main/trainer/training/run.ts';

/** A run that begins afresh in an empty folder, as the app begins one. */
export async function openRun(asked: RunConfig, place: string) {
  const folder = await RunFolder.open(place);
  const { config, dataset } = await feasibleRun(asked, unwatched);
  const start = {
    dataset,
    checkpoint: null,
    namesTaken: folder.taken,
    weightsFrom: null,
    edits: [],
  };
  return { run: await Run.open(config, start), folder };
}
