import { imagesOf } from '../../shared/appearance.ts';
import type { RunConfig } from '../../shared/config.ts';
import type { Failure } from '../../shared/ipc.ts';
import { liveDifference } from '../../shared/live-change.ts';
import type { TrainerCommandOf } from '../../shared/trainer-commands.ts';
import type { TrainerEvent } from '../../shared/trainer-events.ts';
import { namedOrNewestCheckpoint } from './checkpoint/named-checkpoint.ts';
import type { Checkpoint } from './checkpoint/reading.ts';
import { RunFolder } from './checkpoint/thread/run-folder.ts';
import type { Dataset } from './data/dataset.ts';
import type { ReadingWatch } from './data/raw-dataset.ts';
import { ReadingPace } from './data/reading-pace.ts';
import { claimFolder, type Choice } from './start/claim.ts';
import { feasibleRun, imageShape } from './start/feasible.ts';
import { withRecordedDrawings } from './start/recorded-drawings.ts';
import {
  notFreshFailure,
  nothingEditedFailure,
  otherVersionFailure,
  refuseOnFailure,
} from './start/refusal.ts';
import { takeOver } from './start/take-over.ts';
import { weightsIn } from './start/weights-from.ts';
import { deviceName } from './tensorflow/environment.ts';
import type { NetworkSlot } from './tensorflow/network-slot.ts';
import { loadAhead, tensorFlowVersion } from './tensorflow/tensorflow.ts';
import { noteChange } from './training/between-steps.ts';
import type { Control } from './training/control.ts';
import { DivergedError } from './training/divergence.ts';
import { Run } from './training/run.ts';
import { shownImages } from './training/shown-images.ts';
import { train } from './training/training-loop.ts';
import { Saver } from './training/saving/saver.ts';

/** Carries out one `start`: the checks that may refuse it, the run, and its training to the end. */
export class TrainingTask {
  readonly #command: TrainerCommandOf<'start'>;
  /** The configuration as asked for; once the data are read, with the network fitted to them. */
  #config: RunConfig;
  readonly #control: Control;
  readonly #network: NetworkSlot;
  readonly #emit: (event: TrainerEvent) => void;
  #folder: RunFolder | null = null;
  #saver: Saver | null = null;

  /**
   * @param control pauses, changes and stops the run
   * @param network holds the run's network once it begins
   */
  constructor(
    command: TrainerCommandOf<'start'>,
    control: Control,
    network: NetworkSlot,
    emit: (event: TrainerEvent) => void,
  ) {
    this.#command = command;
    this.#config = command.config;
    this.#control = control;
    this.#network = network;
    this.#emit = emit;
  }

  /**
   * Trains to the end, or until it is stopped.
   * @throws Refusal if nothing was started, FailureError if training failed
   */
  async train(): Promise<void> {
    this.#tellPhase('reading the data');
    const dataset = await this.#readDataset();
    if (!dataset) return;
    if (this.#command.takeOver) await this.#takeOver(dataset);
    const opening = RunFolder.open(this.#command.checkpointDir);
    loadAhead(); // While the folder's thread starts.
    this.#folder = await opening;
    this.#tellPhase('building the network');
    const checkpoint = await this.#chooseCheckpoint(this.#folder);
    const choice = await this.#claim(this.#folder, dataset, checkpoint);
    const run = await this.#openRun(this.#folder, dataset, checkpoint);
    const saver = await Saver.begin(run, this.#folder, this.#emit, choice);
    this.#saver = saver;
    if (checkpoint) this.#warnOfOtherArithmetic(checkpoint);
    this.#tellStarted(run, dataset);
    for (const finding of dataset.findings) this.#warn(finding);
    this.#noteEdits(run, saver);
    const changed = checkpoint && liveDifference(checkpoint.record.config, this.#config);
    if (changed) noteChange({ run, saver }, changed, checkpoint.record.config);
    await this.#trainRun(run, saver);
  }

  /** Unlocks the run's folder, which may be another one by then. */
  async close(): Promise<void> {
    await (this.#saver?.folder ?? this.#folder)?.close();
  }

  /**
   * Does everything that may be refused before the checkpoint folder is made.
   * @returns null if it was stopped meanwhile
   * @throws Refusal
   */
  async #readDataset(): Promise<Dataset | null> {
    const { weightsFrom } = this.#command;
    const { signal } = this.#control;
    try {
      const { config, dataset } = await refuseOnFailure(async () => {
        if (weightsFrom !== undefined) await weightsIn(weightsFrom);
        const asked = await withRecordedDrawings(this.#command);
        return feasibleRun(asked, { signal, progress: this.#tellReading() });
      });
      this.#config = config;
      return dataset;
    } catch (error) {
      if (!signal.aborted) throw error;
      this.#emit({ type: 'stopped', epoch: 0, step: 0, checkpoint: null });
      return null;
    }
  }

  async #takeOver(dataset: Dataset): Promise<void> {
    const { checkpointDir } = this.#command;
    const told = await refuseOnFailure(() =>
      takeOver(checkpointDir, { config: this.#config, dataset }),
    );
    for (const failure of told) this.#warn(failure);
  }

  /**
   * The checkpoint that the run goes on from; null if it begins afresh.
   * @throws Refusal
   */
  async #chooseCheckpoint({ path }: RunFolder): Promise<Checkpoint | null> {
    const { checkpoint, warnings, otherVersions } = await refuseOnFailure(() =>
      namedOrNewestCheckpoint(path, this.#command.from),
    );
    for (const failure of warnings) this.#warn(failure);
    return refuseOnFailure(() => {
      if (!checkpoint && otherVersions.length > 0) throw otherVersionFailure(path, otherVersions);
      return checkpoint;
    });
  }

  #claim({ path }: RunFolder, dataset: Dataset, checkpoint: Checkpoint | null): Promise<Choice> {
    const { from, takeOver: takesOver } = this.#command;
    return refuseOnFailure(() =>
      claimFolder(path, {
        config: this.#config,
        datasetHash: dataset.hash,
        image: imageShape(dataset),
        checkpoint,
        isNamed: from !== undefined,
        takesOver: takesOver === true,
      }),
    );
  }

  /**
   * Opens the run, whose network answers questions from now on.
   * @throws Refusal
   */
  async #openRun(folder: RunFolder, dataset: Dataset, checkpoint: Checkpoint | null): Promise<Run> {
    const { weightsFrom = null, edits = [] } = this.#command;
    const run = await refuseOnFailure(() => {
      if (checkpoint && weightsFrom !== null) throw notFreshFailure(checkpoint);
      if (!checkpoint && edits.length > 0) throw nothingEditedFailure(folder.path);
      const namesTaken = folder.taken;
      return Run.open(this.#config, { checkpoint, namesTaken, weightsFrom, edits, dataset });
    });
    run.session.sample = shownImages(run);
    this.#network.replace(run.session);
    return run;
  }

  #tellStarted(run: Run, dataset: Dataset): void {
    const { train, validation, test } = dataset;
    this.#emit({
      type: 'started',
      config: this.#config,
      parameters: run.session.graph.network.parameters,
      device: deviceName(),
      precision: run.precision.precision,
      precisionReason: run.precision.reason,
      restoredFrom: run.restoredFrom,
      ...(run.reachedGoal && { goalReached: run.reachedGoal }),
      rateFactor: run.patience.rateFactor,
      branch: run.branch.number,
      forks: run.branch.forks,
      weightsFrom: run.takenWeights,
      examples: { train: train.count, validation: validation.count, test: test.count },
      images: imagesOf({ ...dataset, image: run.session.graph.image }),
      stepsPerEpoch: run.stepsPerEpoch,
      totalSteps: run.totalSteps,
    });
  }

  #noteEdits({ edits, cursor }: Run, saver: Saver): void {
    if (edits.length === 0) return;
    const { epoch, step } = cursor;
    saver.record({ type: 'weights-edited', epoch: epoch + 1, step, edits: [...edits] });
  }

  async #trainRun(run: Run, saver: Saver): Promise<void> {
    try {
      await train({ run, control: this.#control, saver, emit: this.#emit });
    } catch (error) {
      if (error instanceof DivergedError) await this.#goBack(run, saver);
      throw error;
    } finally {
      await saver.whenWritten();
    }
  }

  #warnOfOtherArithmetic({ prefix, record }: Checkpoint): void {
    const before = `${record.device}, TensorFlow ${record.tensorFlow}`;
    const now = `${deviceName()}, TensorFlow ${tensorFlowVersion()}`;
    if (before === now) return;
    this.#warn({
      what: `This run goes on with other arithmetic than before: so far ${before}; from here on ${now}. The last bits of its numbers may differ from those of a run on one machine.`,
      where: prefix,
      remedy: 'Nothing need be done, unless the run is to be repeated bit by bit.',
    });
  }

  /** Replaces bad weights, which cannot answer anything, by those of the last good checkpoint; if there is none, by no network. */
  async #goBack(run: Run, saver: Saver): Promise<void> {
    await saver.whenWritten();
    const { goodCheckpoint } = saver;
    try {
      if (goodCheckpoint) run.session.restore(goodCheckpoint.path);
      else this.#network.replace(null);
    } catch {
      this.#network.replace(null);
    }
  }

  #tellPhase(detail: string): void {
    this.#emit({ type: 'phase', phase: 'preparing', detail });
  }

  /** Reports how far the data are read, at most four times a second. */
  #tellReading(): ReadingWatch['progress'] {
    const pace = new ReadingPace();
    return (done, total, unit) => {
      const progress = pace.measure(done, total, unit);
      if (progress) this.#emit({ type: 'reading', ...progress });
    };
  }

  #warn(failure: Failure): void {
    this.#emit({ type: 'warning', ...failure });
  }
}
