import type { Branch } from '../../../shared/branch.ts';
import type { Precision, RunConfig } from '../../../shared/config.ts';
import { scheduledRate } from '../../../shared/rate-schedule.ts';
import type { CheckpointRef, EvaluatedScore } from '../../../shared/trainer-events.ts';
import { branchFrom } from '../checkpoint/lineage.ts';
import type { Checkpoint } from '../checkpoint/reading.ts';
import { newCursor, type Cursor } from '../checkpoint/record.ts';
import type { Description } from '../checkpoint/store.ts';
import type { RunFolder } from '../checkpoint/thread/run-folder.ts';
import type { Dataset } from '../data/dataset.ts';
import { checkContinues } from '../start/continuation.ts';
import { compile } from '../graph/compile.ts';
import type { ImageShape } from '../graph/inputs.ts';
import { deviceName } from '../tensorflow/environment.ts';
import { feasibleDataset, imageShape } from '../start/feasible.ts';
import { widestLayout } from '../tensorflow/layout-support.ts';
import { stepsAtOnce } from './steps-at-once.ts';
import { fasterPrecision, type PrecisionChoice } from '../start/precision.ts';
import { Session } from '../tensorflow/session.ts';
import { tensorFlowVersion } from '../tensorflow/tensorflow.ts';
import { newWatch, type Watch } from '../checkpoint/watch-record.ts';
import { isOutOfPatience } from './patience.ts';
import { takeWeights, type TakenWeights } from '../start/weights-from.ts';

/** Where a run begins: at a checkpoint of its folder, or afresh. */
export interface Beginning {
  checkpoint: Checkpoint | null;
  /** A checkpoint of another run, whose matching weights a fresh start takes. */
  weightsFrom: string | null;
  /** Where it has been read and checked already. */
  dataset?: Dataset;
}

/** A network, its data and where its training stands. */
export class Run {
  /** Where it is saved: a person may choose another while it runs. */
  folder: RunFolder;
  /** As it is now: a live change puts a new one here. */
  config: RunConfig;
  readonly precision: PrecisionChoice;
  readonly dataset: Dataset;
  readonly session: Session;
  readonly cursor: Cursor;
  readonly branch: Branch;
  /** It goes back to a checkpoint that is not the newest. A new branch begins with a checkpoint of its own. */
  readonly isNewBranch: boolean;
  readonly restoredFrom: CheckpointRef | null;
  readonly taken: TakenWeights | null;
  validation: EvaluatedScore | null;
  watch: Watch;
  /** The newest checkpoint of this run, recovery checkpoints apart. */
  lastSaved: CheckpointRef | null;

  private constructor(
    folder: RunFolder,
    config: RunConfig,
    precision: PrecisionChoice,
    dataset: Dataset,
    session: Session,
    checkpoint: Checkpoint | null,
    taken: TakenWeights | null,
  ) {
    this.folder = folder;
    this.config = config;
    this.precision = precision;
    this.dataset = dataset;
    this.session = session;
    this.cursor = checkpoint ? { ...checkpoint.record.cursor } : newCursor();
    const from = checkpoint && { ...checkpoint.id, lineage: checkpoint.record.branch };
    this.branch = branchFrom(from, folder.taken);
    this.restoredFrom = checkpoint && refOf(checkpoint);
    this.taken = taken;
    this.validation = checkpoint?.record.validation ?? null;
    this.watch = checkpoint?.record.watch ?? newWatch();
    this.isNewBranch = checkpoint !== null && this.branch.number !== checkpoint.id.branch;
    const isOwn = checkpoint !== null && !this.isNewBranch && !checkpoint.id.isRecovery;
    this.lastSaved = isOwn ? this.restoredFrom : null;
  }

  /**
   * Reads the data, compiles the network, and restores `checkpoint` or starts afresh.
   * @throws FailureError when the data, the network or the checkpoint do not fit together
   */
  static async open(
    folder: RunFolder,
    config: RunConfig,
    { checkpoint, weightsFrom, dataset: read }: Beginning,
  ): Promise<Run> {
    const dataset = read ?? (await feasibleDataset(config));
    const image = imageShape(dataset);
    const precision = await choosePrecision(config, dataset, image, checkpoint);
    const layout = await widestLayout(precision.precision);
    const left = examplesLeft(config, checkpoint?.record.cursor ?? newCursor(), dataset);
    const atOnce = stepsAtOnce(left / config.data.batchSize);
    const graph = compile(config, precision.precision, image, layout, atOnce);
    if (checkpoint) await checkContinues(checkpoint, config, dataset, graph);
    const session = await Session.begin(graph, checkpoint?.prefix ?? null);
    const taken =
      weightsFrom === null || checkpoint ? null : await takeWeights(session, weightsFrom);
    return new Run(folder, config, precision, dataset, session, checkpoint, taken);
  }

  get imageSize(): number {
    return this.dataset.height * this.dataset.width;
  }

  get stepsPerEpoch(): number {
    return Math.ceil(this.dataset.train.count / this.config.data.batchSize);
  }

  /** Nothing is left to train. An epoch whose examples are done, but not its validation, is left. */
  get isComplete(): boolean {
    const { epochs, maxSteps } = this.config.training;
    const { epoch, step, position } = this.cursor;
    if (epoch >= epochs) return true;
    if (isOutOfPatience(this.watch.stopping, this.config)) return true;
    return maxSteps !== null && step >= maxSteps && position < this.dataset.train.count;
  }

  /** Steps of the whole run, those done included. */
  get totalSteps(): number {
    const { epochs, maxSteps } = this.config.training;
    const { batchSize } = this.config.data;
    const { train } = this.dataset;
    const restOfEpoch = Math.ceil((train.count - this.cursor.position) / batchSize);
    const byEpochs =
      this.cursor.epoch >= epochs
        ? this.cursor.step
        : this.cursor.step + restOfEpoch + (epochs - this.cursor.epoch - 1) * this.stepsPerEpoch;
    return maxSteps === null ? byEpochs : Math.max(Math.min(byEpochs, maxSteps), this.cursor.step);
  }

  /** The rate of the next step, by schedule, warm-up and plateaus. */
  get learningRate(): number {
    return this.learningRateIn(0);
  }

  /** Of the step that comes so many steps of the same epoch later. */
  learningRateIn(later: number): number {
    const { stepsPerEpoch, totalSteps, cursor, config } = this;
    const { batchSize } = config.data;
    const step = cursor.step + later;
    const position = cursor.position + later * batchSize;
    // In steps of the present batch size: it may have been another one before.
    const scheduleStep = cursor.epoch * stepsPerEpoch + position / batchSize;
    const at = {
      step,
      scheduleStep,
      stepsPerEpoch,
      scheduleSteps: scheduleStep + totalSteps - step,
    };
    return scheduledRate(config.optimizer, at) * this.watch.rateFactor;
  }

  /** The newest checkpoint that it can go back to: its own, or the one that it began from. */
  get goodCheckpoint(): CheckpointRef | null {
    return this.lastSaved ?? this.restoredFrom;
  }

  /** What a checkpoint of this step says of the run. */
  describe(): Description {
    return {
      cursor: { ...this.cursor },
      branch: this.branch,
      pinned: false,
      watch: this.watch,
      config: this.config,
      precision: this.precision.precision,
      image: imageShape(this.dataset),
      appearance: this.dataset.appearance,
      datasetHash: this.dataset.hash,
      // Within an epoch the last one's validation is no longer that of these weights.
      validation: this.cursor.position === 0 ? this.validation : null,
      device: deviceName(),
      tensorFlow: tensorFlowVersion(),
    };
  }
}

/** Examples still to be trained on. */
function examplesLeft({ training, data }: RunConfig, at: Cursor, { train }: Dataset): number {
  const { epochs, maxSteps } = training;
  const byEpochs = (epochs - at.epoch) * train.count - at.position;
  const bySteps = maxSteps === null ? Infinity : (maxSteps - at.step) * data.batchSize;
  return Math.max(Math.min(byEpochs, bySteps), 0);
}

export const refOf = ({ prefix, record }: Checkpoint): CheckpointRef => ({
  path: prefix,
  step: record.cursor.step,
  epoch: record.cursor.epoch,
  seed: record.config.training.seed,
});

async function choosePrecision(
  config: RunConfig,
  dataset: Dataset,
  image: ImageShape,
  checkpoint: Checkpoint | null,
): Promise<PrecisionChoice> {
  const wanted: Precision | 'auto' = config.training.precision;
  if (wanted !== 'auto') return { precision: wanted, reason: 'Chosen in the settings.' };
  if (checkpoint)
    return {
      precision: checkpoint.record.precision,
      reason: 'As this run has been trained so far.',
    };
  return fasterPrecision(config, dataset, image);
}
