import type { Description } from '../../checkpoint/store.ts';
import { imageShape } from '../../start/feasible.ts';
import { deviceName } from '../../tensorflow/environment.ts';
import { tensorFlowVersion } from '../../tensorflow/tensorflow.ts';
import type { Run } from '../run.ts';
import type { LogStart } from '../../checkpoint/metrics-log.ts';

/** What a checkpoint of this step records about the run: all that it needs to go on from there as if it had never stopped. */
export const describeCheckpoint = (run: Run): Description => ({
  cursor: { ...run.cursor },
  branch: run.branch,
  pinned: false,
  watch: run.patience,
  trainingSeconds: run.trainingSeconds,
  config: run.config,
  precision: run.precision.precision,
  image: imageShape(run.dataset),
  appearance: run.dataset.appearance,
  classNames: run.dataset.classNames,
  datasetHash: run.dataset.hash,
  // Within an epoch, the last validation is no longer that of the present weights.
  validation: run.cursor.position === 0 ? run.validation : null,
  device: deviceName(),
  tensorFlow: tensorFlowVersion(),
});

/** Where the curves of a run begin, and the device that it runs on. */
export const logStartOf = ({ branch, cursor }: Run): LogStart => ({
  branch,
  step: cursor.step,
  device: deviceName(),
});
