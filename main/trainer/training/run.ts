import type { Branch } from '../../../shared/branch.ts';
import type { Precision, RunConfig } from '../../../shared/config.ts';
import { scheduledRate } from '../../../shared/rate-schedule.ts';
import type { CheckpointRef, EpochEvent } from '../../../shared/trainer-events.ts';
import { branchFrom } from '../checkpoint/lineage.ts';
import { newPatience, type Patience } from '../checkpoint/patience-record.ts';
import type { Checkpoint } from '../checkpoint/reading.ts';
import { newCursor, type Cursor } from '../checkpoint/record.ts';
import { classWeights } from '../data/class-weights.ts';
import type { Dataset } from '../data/dataset.ts';
import { imageBytes } from '../data/raw-dataset.ts';
import { checkContinues } from '../start/continuation.ts';
import { compile } from '../graph/compile.ts';
import type { ImageShape } from '../../../shared/network-shape.ts';
import { imageShape } from '../start/feasible.ts';
import { widestLayout } from '../tensorflow/layout-support.ts';
import { stepsAtOnce } from './steps-at-once.ts';
import { knownPrecision } from '../start/known-precision.ts';
import type { PrecisionChoice } from '../start/precision.ts';
import { Session } from '../tensorflow/session.ts';
import { goalReachedByScore, goalReachedByTime } from './goal.ts';
import { isOutOfPatience } from './patience.ts';
import { takeWeights, type TakenWeights } from '../start/weights-from.ts';
import type { CheckpointId } from '../checkpoint/names.ts';
import type { ReachedGoal } from '../../../shared/recorded-events.ts';
import type { EvaluatedScore } from '../../../shared/score.ts';
import type { DoneEdit, WeightEdit } from '../../../shared/weight-edit.ts';

/** Where a run begins: at a checkpoint of its folder, or afresh. */
export interface RunStart {
  checkpoint: Checkpoint | null;
  /** Names in its folder that no new checkpoint can have. */
  namesTaken: readonly CheckpointId[];
  /** A checkpoint of another run, from which a fresh run takes the matching weights. */
  weightsFrom: string | null;
  /** Weights that a person set by hand; they are applied after the checkpoint is restored. */
  edits: readonly WeightEdit[];
  /** The data, read and checked by `feasibleRun`. */
  dataset: Dataset;
}

/** A network, its data and the state of its training. What saves it is in `saving/`. */
export class Run {
  /** The present configuration; a live change replaces it. */
  config: RunConfig;
  readonly precision: PrecisionChoice;
  readonly dataset: Dataset;
  readonly session: Session;
  readonly cursor: Cursor;
  readonly branch: Branch;
  /**
   * Whether the run goes back to a checkpoint that is not the newest, or changes its weights. Such a branch begins with its own checkpoint.
   */
  readonly isNewBranch: boolean;
  readonly restoredFrom: CheckpointRef | null;
  /** Whether that was a recovery checkpoint, which the run's next own checkpoint replaces. */
  readonly isFromRecovery: boolean;
  readonly takenWeights: TakenWeights | null;
  /** Weights that were set by hand before this start's first step. */
  readonly edits: readonly DoneEdit[];
  /** The validation of the last finished epoch. */
  validation: EvaluatedScore | null;
  /** Training measured as validation is, at the same time; null: it was not. */
  trainEvaluated: EpochEvent['trainEvaluated'] | null = null;
  patience: Patience;
  /** Seconds in training steps over all starts of the run, without those that were lost because a start began at an earlier checkpoint. */
  trainingSeconds: number;

  private constructor(
    config: RunConfig,
    precision: PrecisionChoice,
    dataset: Dataset,
    session: Session,
    { checkpoint, namesTaken }: RunStart,
    takenWeights: TakenWeights | null,
    edits: readonly DoneEdit[],
  ) {
    this.config = config;
    this.precision = precision;
    this.dataset = dataset;
    this.session = session;
    this.cursor = checkpoint ? { ...checkpoint.record.cursor } : newCursor();
    const from = checkpoint && { ...checkpoint.id, lineage: checkpoint.record.branch };
    this.edits = edits;
    this.branch = branchFrom(from, namesTaken, this.edits.length > 0);
    this.isNewBranch = checkpoint !== null && this.branch.number !== checkpoint.id.branch;
    this.restoredFrom = checkpoint && refOf(checkpoint);
    this.isFromRecovery = checkpoint?.id.isRecovery ?? false;
    this.takenWeights = takenWeights;
    // The checkpoint's validation says nothing about weights that were set by hand.
    this.validation = edits.length > 0 ? null : (checkpoint?.record.validation ?? null);
    this.patience = checkpoint?.record.watch ?? newPatience();
    this.trainingSeconds = checkpoint?.record.trainingSeconds ?? 0;
  }

  /**
   * Compiles the network, and restores the checkpoint or starts afresh.
   * @throws FailureError when the data, the network or the checkpoint do not fit together
   */
  static async open(config: RunConfig, start: RunStart): Promise<Run> {
    const { checkpoint, weightsFrom, dataset } = start;
    const image = imageShape(dataset);
    const precision = await choosePrecision(config, dataset, image, checkpoint);
    const layout = await widestLayout(precision.precision);
    const left = examplesLeft(config, checkpoint?.record.cursor ?? newCursor(), dataset);
    const atOnce = stepsAtOnce(left / config.data.batchSize);
    const weights = classWeights(config, dataset.train.labels, image.classes);
    const graph = compile(config, precision.precision, image, layout, atOnce, weights);
    if (checkpoint) await checkContinues(checkpoint, config, dataset, graph);
    const session = await Session.begin(graph, checkpoint?.prefix ?? null);
    const takenWeights =
      weightsFrom === null || checkpoint ? null : await takeWeights(session, weightsFrom);
    const edits = applyEdits(session, start.edits);
    return new Run(config, precision, dataset, session, start, takenWeights, edits);
  }

  /** Bytes of one image. */
  get imageSize(): number {
    return imageBytes(this.dataset);
  }

  get stepsPerEpoch(): number {
    return Math.ceil(this.dataset.train.count / this.config.data.batchSize);
  }

  /** Whether all examples of the present epoch have been trained on; its validation is still to come. */
  get isEpochTrained(): boolean {
    return this.cursor.position >= this.dataset.train.count;
  }

  /** Whether another step of the present epoch is to be done. */
  get hasStepInEpoch(): boolean {
    return !this.isEpochTrained && !this.isComplete;
  }

  /** Whether nothing is left to train. An epoch that is trained but not yet validated counts as left. */
  get isComplete(): boolean {
    const { epochs, maxSteps } = this.config.training;
    const { epoch, step } = this.cursor;
    if (epoch >= epochs) return true;
    if (isOutOfPatience(this.patience.stopping, this.config)) return true;
    if (this.reachedGoal) return true;
    return maxSteps !== null && step >= maxSteps && !this.isEpochTrained;
  }

  /** The goal that ends the run; null if there is none or it is not reached. As with `maxSteps`, a trained epoch is validated first. */
  get reachedGoal(): ReachedGoal | null {
    const { goal } = this.config.training;
    // Within an epoch, the last validation is no longer that of the present weights.
    const score = this.cursor.position === 0 ? this.validation : null;
    const byScore = score && goalReachedByScore(goal, score);
    if (byScore) return byScore;
    return this.isEpochTrained ? null : goalReachedByTime(goal, this.trainingSeconds);
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
    return this.#learningRateAfter(0);
  }

  /** The rates of the next `count` steps, all in the same epoch. */
  nextLearningRates(count: number): number[] {
    return Array.from({ length: count }, (_, k) => this.#learningRateAfter(k));
  }

  /** @param later number of steps of the same epoch that are done before */
  #learningRateAfter(later: number): number {
    const { stepsPerEpoch, totalSteps, cursor, config } = this;
    const { batchSize } = config.data;
    const step = cursor.step + later;
    const position = cursor.position + later * batchSize;
    // In steps of the present batch size, which may have been another before.
    const scheduleStep = cursor.epoch * stepsPerEpoch + position / batchSize;
    const at = {
      step,
      scheduleStep,
      stepsPerEpoch,
      scheduleSteps: scheduleStep + totalSteps - step,
    };
    return scheduledRate(config.optimizer, at) * this.patience.rateFactor;
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

/**
 * Applies weights that were set by hand to the network.
 * @throws FailureError if there is no such weight; the session is closed then
 */
function applyEdits(session: Session, edits: readonly WeightEdit[]): readonly DoneEdit[] {
  try {
    session.kernels.set(edits);
  } catch (error) {
    session.close();
    throw error;
  }
  const done = session.kernels.edits;
  session.kernels.keep();
  return done;
}

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
  return knownPrecision(config, dataset, image);
}
