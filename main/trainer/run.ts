import { availableParallelism, cpus } from 'node:os';
import type { Precision, RunConfig } from '../../shared/config.ts';
import { scheduledRate } from '../../shared/rate-schedule.ts';
import type { CheckpointRef, Score } from '../../shared/trainer-protocol.ts';
import { MetricsLog } from './checkpoint/metrics-log.ts';
import { newCursor, type Cursor } from './checkpoint/record.ts';
import { saveCheckpoint, type Checkpoint } from './checkpoint/store.ts';
import { loadDataset, type Dataset } from './data/dataset.ts';
import { checkContinues } from './continue.ts';
import { compile } from './graph/compile.ts';
import type { ImageShape } from './graph/inputs.ts';
import { checkFeasible } from './feasible.ts';
import { fasterPrecision, type PrecisionChoice } from './precision.ts';
import { Session, tensorFlowVersion } from './session.ts';
import { newWatch, type Watch } from './watch.ts';

/** Processor and threads: what the last bits of a run's numbers depend on. */
export const deviceName = (): string =>
  `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} threads`;

/** A network, its data and where its training stands. */
export class Run {
  readonly folder: string;
  /** As it is now: a live change puts a new one here. */
  config: RunConfig;
  readonly precision: PrecisionChoice;
  readonly dataset: Dataset;
  readonly session: Session;
  readonly cursor: Cursor;
  readonly restoredFrom: CheckpointRef | null;
  readonly metrics: MetricsLog;
  validation: Score | null;
  watch: Watch;
  /** The newest checkpoint of this run. */
  lastSaved: CheckpointRef | null;

  private constructor(
    folder: string,
    config: RunConfig,
    precision: PrecisionChoice,
    dataset: Dataset,
    session: Session,
    checkpoint: Checkpoint | null,
  ) {
    this.folder = folder;
    this.config = config;
    this.precision = precision;
    this.dataset = dataset;
    this.session = session;
    this.cursor = checkpoint ? { ...checkpoint.record.cursor } : newCursor();
    this.restoredFrom = checkpoint && refOf(checkpoint);
    this.metrics = new MetricsLog(folder, this.cursor.step);
    this.validation = checkpoint?.record.validation ?? null;
    this.watch = checkpoint?.record.watch ?? newWatch();
    this.lastSaved = this.restoredFrom;
  }

  /**
   * Reads the data, compiles the network, and restores `checkpoint` or starts afresh.
   * @throws FailureError when the data, the network or the checkpoint do not fit together
   */
  static async open(
    folder: string,
    config: RunConfig,
    checkpoint: Checkpoint | null,
  ): Promise<Run> {
    const dataset = await loadDataset(config.data.dataset, config.data.validationSize);
    const image = imageShape(dataset);
    checkFeasible(config, dataset, image);
    if (checkpoint) checkContinues(checkpoint, config, dataset);
    const precision = await choosePrecision(config, dataset, image, checkpoint);
    const session = await Session.open(compile(config, precision.precision, image));
    if (checkpoint) session.restore(checkpoint.prefix);
    else session.start();
    return new Run(folder, config, precision, dataset, session, checkpoint);
  }

  get imageSize(): number {
    return this.dataset.height * this.dataset.width;
  }

  get stepsPerEpoch(): number {
    return Math.ceil(this.dataset.train.count / this.config.data.batchSize);
  }

  /** Nothing is left to train. An epoch whose examples are done, but not its validation, is left. */
  get isComplete(): boolean {
    const { epochs, maxSteps, earlyStopping } = this.config.training;
    const { epoch, step, position } = this.cursor;
    if (epoch >= epochs) return true;
    if (earlyStopping && this.watch.epochsSinceBest >= earlyStopping.patience) return true;
    return maxSteps !== null && step >= maxSteps && position < this.dataset.train.count;
  }

  /** Examples still to be trained on. */
  get examplesLeft(): number {
    const { epochs, maxSteps } = this.config.training;
    const byEpochs = (epochs - this.cursor.epoch) * this.dataset.train.count - this.cursor.position;
    const bySteps =
      maxSteps === null ? Infinity : (maxSteps - this.cursor.step) * this.config.data.batchSize;
    return Math.max(Math.min(byEpochs, bySteps), 0);
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
    const { stepsPerEpoch, totalSteps, cursor, config } = this;
    const at = { step: cursor.step, stepsPerEpoch, totalSteps };
    return scheduledRate(config.optimizer, at) * this.watch.rateFactor;
  }

  /** True while the newest checkpoint is not of this very step. */
  get unsaved(): boolean {
    return this.lastSaved?.step !== this.cursor.step || this.lastSaved.epoch !== this.cursor.epoch;
  }

  /** @returns what was saved. @throws FailureError when the folder cannot be written to */
  async save(): Promise<CheckpointRef> {
    const { step, epoch } = this.cursor;
    await this.metrics.flush();
    const path = await saveCheckpoint(
      this.folder,
      {
        cursor: { ...this.cursor },
        watch: this.watch,
        config: this.config,
        precision: this.precision.precision,
        image: imageShape(this.dataset),
        datasetHash: this.dataset.hash,
        validation: this.validation,
        device: deviceName(),
        tensorFlow: tensorFlowVersion(),
      },
      (prefix) => {
        this.session.save(prefix);
      },
    );
    this.lastSaved = { path, step, epoch, seed: this.config.training.seed };
    return this.lastSaved;
  }
}

const imageShape = ({ height, width, classes }: Dataset): ImageShape => ({
  height,
  width,
  channels: 1,
  classes,
});

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
