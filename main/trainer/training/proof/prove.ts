import { join } from 'node:path';
import { FailureError } from '../../../../shared/ipc.ts';
import type { Proof, ProofProgress, ProofRequest } from '../../../../shared/proof.ts';
import { writeBundle } from '../../checkpoint/bundle/write.ts';
import { checkpointFingerprint } from '../../checkpoint/fingerprint.ts';
import { nameOf } from '../../checkpoint/names.ts';
import { readRunRecord } from '../../checkpoint/run-record.ts';
import type { Dataset } from '../../data/dataset.ts';
import { withTemporaryFolder } from '../../files/temporary-folder.ts';
import { feasibleRun } from '../../start/feasible.ts';
import { Run } from '../run.ts';
import { differingVariables } from './compare-variables.ts';
import { reasonsToDiffer } from './reasons.ts';
import { recordedWay, type RecordedWay } from './recorded-way.ts';
import { Replay } from './replay.ts';
import { chooseStretch, type Stretch } from './stretch.ts';
import { ProofTeller } from './teller.ts';
import { trainAgain, type TrainedAgain } from './train-again.ts';

export interface ProofOptions {
  /** Aborted, it ends after the steps that are under way. */
  signal: AbortSignal;
  onProgress: (progress: ProofProgress) => void;
}

/**
 * Trains the stretch that leads to a checkpoint once more, on a network of its own, with all that was changed on the way; and tells
 * whether every bit is as it was saved, and otherwise where it is not. The run's folder is only read: what is trained is written to a
 * temporary folder, read as the checkpoint is, and removed.
 * @returns null where it was stopped
 * @throws FailureError where there is no such checkpoint, it is damaged, or its run could not be trained here
 */
export async function proveCheckpoint(
  folder: string,
  request: ProofRequest,
  { signal, onProgress }: ProofOptions,
): Promise<Proof | null> {
  const since = performance.now();
  const teller = new ProofTeller(onProgress);
  teller.tell('reading the data');
  const stretch = await chooseStretch(folder, request);
  const way = await recordedWay(folder, stretch);
  const dataset = await readDataset(stretch, way, signal);
  if (!dataset) return null;
  teller.tell('building the network');
  const run = await openRun(folder, stretch, way, dataset);
  try {
    teller.begin(stretch, run.cursor);
    const { begin, end } = stretch;
    const again = await trainAgain({
      ...{ run, signal, toStep: end.id.step, recorded: way.steps },
      replay: new Replay(way.events),
      onStep: () => {
        teller.tellStep(run.cursor.step);
      },
    });
    if (!again.isComplete) return null;
    teller.tell('comparing');
    return {
      name: nameOf(end.id),
      from: begin && nameOf(begin.id),
      fromStep: begin?.id.step ?? 0,
      step: end.id.step,
      ...(await compareEnds(run, stretch, again)),
      changes: way.events.length,
      reasons: reasonsToDiffer(stretch, way),
      seconds: (performance.now() - since) / 1000,
    };
  } finally {
    run.session.close();
  }
}

/**
 * @returns null where it was stopped
 * @throws FailureError where the data cannot be read, or are not those that the run learned from
 */
async function readDataset(
  { end: { record } }: Stretch,
  { config }: RecordedWay,
  signal: AbortSignal,
): Promise<Dataset | null> {
  const reading = feasibleRun(config, { signal, progress: () => undefined });
  const feasible = await reading.catch((error: unknown) => {
    if (!signal.aborted) throw error;
    return null;
  });
  if (!feasible || signal.aborted) return null;
  if (feasible.dataset.hash === record.datasetHash) return feasible.dataset;
  throw new FailureError({
    what: 'The data are not those that the run learned from: their hash is another one. What is trained on them proves nothing.',
    where: config.data.dataset,
    remedy: 'Put the images back as they were, at the same place, and try again.',
  });
}

/** In the precision that the checkpoint was trained in, whatever would be faster here. */
async function openRun(
  folder: string,
  { begin, end }: Stretch,
  way: RecordedWay,
  dataset: Dataset,
): Promise<Run> {
  const { training } = way.config;
  const { precision } = end.record;
  const config = { ...way.config, training: { ...training, precision, diagnosticsEvery: 0 } };
  const described = begin ? null : await readRunRecord(folder);
  const weightsFrom =
    described === null || described === 'unreadable' ? null : described.weightsFrom;
  return Run.open(config, { checkpoint: begin, namesTaken: [], weightsFrom, edits: [], dataset });
}

/** Saves the network as it is now in a temporary folder, and holds that against the checkpoint. */
function compareEnds(
  { session }: Run,
  { end }: Stretch,
  { compared, firstDifference }: TrainedAgain,
): Promise<Pick<Proof, 'recorded' | 'again' | 'variables' | 'compared' | 'firstDifference'>> {
  const prefixIn = (folder: string): string => join(folder, 'again');
  return withTemporaryFolder(
    'proof',
    async (folder) => {
      const prefix = prefixIn(folder);
      const files = { data: `${prefix}.data-00000-of-00001`, index: `${prefix}.index` };
      await writeBundle(files, session.snapshot());
    },
    async (folder) => {
      const prefix = prefixIn(folder);
      const recorded = await checkpointFingerprint(end.prefix);
      const again = await checkpointFingerprint(prefix);
      const variables = recorded === again ? [] : await differingVariables(end.prefix, prefix);
      return { recorded, again, variables, compared, firstDifference };
    },
  );
}
