import { FailureError, type Failure } from '../../../../shared/ipc.ts';
import { appVersion } from '../../../../shared/version.ts';
import { folderFailure } from '../../checkpoint/folder.ts';
import { readRunRecord, type RunRecord } from '../../checkpoint/run-record.ts';
import type { RunFolder } from '../../checkpoint/thread/run-folder.ts';
import { deviceName } from '../../tensorflow/environment.ts';
import type { Choice } from '../../start/claim.ts';
import type { Run } from '../run.ts';
import { tensorFlowVersion } from '../../tensorflow/tensorflow.ts';

/**
 * Writes the run's description into the folder that it is saved in.
 * @throws FailureError where the folder cannot be written to: better now than after an epoch
 */
export async function describeRun(
  run: Run,
  folder: RunFolder,
  warn: (failure: Failure) => void,
  { mayReplace, besides }: Choice = { mayReplace: false, besides: [] },
): Promise<void> {
  const { config, dataset, precision, branch, takenWeights } = run;
  try {
    const record: RunRecord = {
      program: 'Firstlayer',
      format: 1,
      version: appVersion,
      tensorFlow: tensorFlowVersion(),
      node: process.version,
      device: deviceName(),
      config,
      precision: precision.precision,
      seed: config.training.seed,
      dataset: config.data.dataset,
      datasetHash: dataset.hash,
      branch,
      weightsFrom: takenWeights?.from ?? (await weightsTakenBefore(run, folder)),
      besides,
    };
    await folder.describe(record, mayReplace);
  } catch (error) {
    if (!(error instanceof FailureError)) throw folderFailure(folder.path, 'written to', error);
    warn(error.failure);
  }
}

/** What a run that goes on took when it began: its beginning cannot be repeated without. */
async function weightsTakenBefore(
  { restoredFrom, config, dataset }: Run,
  folder: RunFolder,
): Promise<string | null> {
  const before = restoredFrom && (await readRunRecord(folder.path));
  if (!before || before === 'unreadable') return null;
  const isSame = before.seed === config.training.seed && before.datasetHash === dataset.hash;
  return isSame ? before.weightsFrom : null;
}
