import { usualAppearance, type Images } from '../../shared/appearance.ts';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import type {
  TrainerCommand,
  TrainerCommandOf,
  TrainerEvent,
} from '../../shared/trainer-protocol.ts';
import { answer } from './tensorflow/answer.ts';
import { otherWriter } from './checkpoint/folder.ts';
import { readHistory } from './checkpoint/history.ts';
import { newestCheckpoint, type Checkpoint } from './checkpoint/reading.ts';
import { firstBranch, type CheckpointRecord } from './checkpoint/record.ts';
import { checkpointNamed } from './checkpoint/requests.ts';
import { foundIn, survey } from './checkpoint/survey.ts';
import { folderThread } from './checkpoint/thread/folder-thread.ts';
import { RunFolder } from './checkpoint/thread/run-folder.ts';
import { claimFolder } from './start/claim.ts';
import { noteChange } from './training/between-steps.ts';
import { Control } from './training/control.ts';
import { compile } from './graph/compile.ts';
import type { Dataset } from './data/dataset.ts';
import { DivergedError } from './training/divergence.ts';
import { deviceName } from './tensorflow/environment.ts';
import { notFresh, refuseOnFailure, Refusal, runOfOtherVersion } from './start/refusal.ts';
import { feasibleDataset, imageShape } from './start/feasible.ts';
import { refOf, Run } from './training/run.ts';
import { Saver } from './training/saving/saver.ts';
import { widestLayout } from './tensorflow/layout-support.ts';
import { Session } from './tensorflow/session.ts';
import { liveDifference } from '../../shared/live-change.ts';
import { tensorFlowVersion } from './tensorflow/tensorflow.ts';
import { train } from './training/training-loop.ts';
import { takeOver } from './start/take-over.ts';
import { weightsIn } from './start/weights-from.ts';

type Emit = (event: TrainerEvent) => void;

export interface Service {
  handle(command: TrainerCommand): void;
  /** Resolves when what was asked so far has been carried out. */
  readonly idle: Promise<void>;
}

/** Commands in, events out; knows no transport. */
class TrainerService implements Service {
  readonly #emit: Emit;
  readonly #end: () => void;
  /** The network that questions are asked of; trained on while `#control` is there. */
  #session: Session | null = null;
  #control: Control | null = null;
  /** Saves the run that is being trained. */
  #saver: Saver | null = null;
  /** Long commands run one after the other. */
  #queue: Promise<void> = Promise.resolve();

  constructor(emit: Emit, end: () => void) {
    this.#emit = emit;
    this.#end = end;
    emit({ type: 'ready' });
  }

  get idle(): Promise<void> {
    return this.#queue;
  }

  handle(command: TrainerCommand): void {
    try {
      this.#handle(command);
    } catch (error) {
      this.#emit({ type: 'warning', ...toFailure(error, command.type) });
    }
  }

  #handle(command: TrainerCommand): void {
    switch (command.type) {
      case 'open':
        this.#enqueue(command.checkpointDir, () => this.#open(command));
        return;
      case 'start':
        this.#start(command);
        return;
      case 'change':
        this.#control?.change(command.change);
        return;
      case 'pause':
        this.#control?.pause();
        return;
      case 'resume':
        this.#control?.resume();
        return;
      case 'stop':
        this.#control?.stop();
        return;
      case 'save-to':
        this.#control?.saveTo(command.checkpointDir);
        return;
      case 'checkpoints':
        void this.#answer(command);
        return;
      case 'predict':
      case 'filters':
      case 'activations':
      case 'saliency':
      case 'grad-cam':
        // The window asks for the filters all the time, with nobody waiting for them.
        if (command.type !== 'filters') this.#control?.noteQuestion();
        this.#emit(answer(this.#session, command));
        return;
      case 'shutdown':
        this.#control?.stop();
        void this.#queue.then(() => {
          this.#replaceSession(null);
          this.#end();
        });
        return;
    }
  }

  #enqueue(where: string, task: () => Promise<void>): void {
    this.#queue = this.#queue.then(task).catch((error: unknown) => {
      const refused = error instanceof Refusal ? ({ refused: true } as const) : {};
      this.#emit({ type: 'failed', ...toFailure(error, where), ...refused });
    });
    this.#queue = this.#queue.then(() => {
      this.#emit({ type: 'phase', phase: 'idle', detail: '' });
    });
  }

  async #open(command: TrainerCommandOf<'open'>): Promise<void> {
    const { checkpointDir: folder, from } = command;
    this.#phase('opening the checkpoint folder');
    this.#replaceSession(null);
    const told = command.takeOver ? await this.#takenOver(folder) : [];
    const { checkpoint, warnings } = await find(folder, from);
    if (checkpoint) {
      const { config, precision, image } = checkpoint.record;
      const graph = compile(config, precision, image, await widestLayout(precision));
      this.#replaceSession(await Session.begin(graph, checkpoint.prefix));
    }
    const { branch, cursor } = checkpoint?.record ?? { branch: firstBranch, cursor: { step: 0 } };
    const { history, problems } = await readHistory(folder, branch, cursor.step);
    const writer = await otherWriter(folder);
    const found = await survey(folder);
    this.#emit({
      type: 'opened',
      checkpointDir: folder,
      restoredFrom: checkpoint && refOf(checkpoint),
      config: checkpoint?.record.config ?? null,
      ...(checkpoint && { images: imagesOf(checkpoint.record) }),
      precision: checkpoint?.record.precision ?? null,
      history,
      warnings: [...(writer ? [writer] : []), ...told, ...warnings, ...problems],
      found: foundIn(found),
    });
  }

  /** Where it cannot be done, that is told, and the folder looked at as it is. */
  async #takenOver(folder: string): Promise<Failure[]> {
    try {
      return await takeOver(folder, null);
    } catch (error) {
      this.#emit({ type: 'failed', ...toFailure(error, folder), refused: true });
      return [];
    }
  }

  #start(command: TrainerCommandOf<'start'>): void {
    const path = command.checkpointDir;
    if (this.#control) {
      this.#emit({ type: 'warning', ...alreadyTraining(path) });
      return;
    }
    const control = new Control();
    this.#control = control;
    this.#enqueue(path, async () => {
      let folder: RunFolder | null = null;
      try {
        this.#phase('reading the data');
        const dataset = await refuseOnFailure(() => checked(command));
        if (command.takeOver) {
          const done = await refuseOnFailure(() =>
            takeOver(path, { config: command.config, dataset }),
          );
          for (const told of done) this.#emit({ type: 'warning', ...told });
        }
        folder = await RunFolder.open(path);
        await this.#train(folder, dataset, command, control);
      } finally {
        this.#control = null;
        // A run may have moved to another folder meanwhile.
        await (this.#saver?.folder ?? folder)?.close();
        this.#saver = null;
      }
    });
  }

  async #train(
    folder: RunFolder,
    dataset: Dataset,
    { config, from, weightsFrom, takeOver: takesOver }: TrainerCommandOf<'start'>,
    control: Control,
  ): Promise<void> {
    this.#phase('building the network');
    const { checkpoint, warnings, otherVersions } = await refuseOnFailure(() =>
      find(folder.path, from),
    );
    for (const failure of warnings) this.#emit({ type: 'warning', ...failure });
    const choice = await refuseOnFailure(() => {
      if (!checkpoint && otherVersions.length > 0)
        throw runOfOtherVersion(folder.path, otherVersions);
      return claimFolder(folder.path, {
        config,
        datasetHash: dataset.hash,
        image: imageShape(dataset),
        checkpoint,
        isNamed: from !== undefined,
        takesOver: takesOver === true,
      });
    });
    const run = await refuseOnFailure(() => {
      if (checkpoint && weightsFrom !== undefined) throw notFresh(checkpoint);
      const namesTaken = folder.taken;
      return Run.open(config, {
        checkpoint,
        namesTaken,
        weightsFrom: weightsFrom ?? null,
        dataset,
      });
    });
    this.#replaceSession(run.session);
    const saver = await Saver.begin(run, folder, this.#emit, choice);
    this.#saver = saver;
    if (checkpoint) this.#warnOfOtherArithmetic(checkpoint);
    this.#emit({
      type: 'started',
      config,
      parameters: run.session.graph.network.parameters,
      device: deviceName(),
      precision: run.precision.precision,
      precisionReason: run.precision.reason,
      restoredFrom: run.restoredFrom,
      branch: run.branch.number,
      weightsFrom: run.takenWeights,
      examples: {
        train: dataset.train.count,
        validation: dataset.validation.count,
        test: dataset.test.count,
      },
      images: imagesOf({ image: run.session.graph.image, appearance: dataset.appearance }),
      stepsPerEpoch: run.stepsPerEpoch,
      totalSteps: run.totalSteps,
    });
    for (const finding of dataset.findings) this.#emit({ type: 'warning', ...finding });
    const changed = checkpoint && liveDifference(checkpoint.record.config, config);
    if (changed) noteChange({ run, saver }, changed);
    try {
      await train({ run, control, saver, emit: this.#emit });
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
    this.#emit({
      type: 'warning',
      what: `This run goes on with other arithmetic than before: so far ${before}; from here on ${now}. The last bits of its numbers may differ from those of a run on one machine.`,
      where: prefix,
      remedy: 'Nothing need be done, unless the run is to be repeated bit by bit.',
    });
  }

  /** Ruined weights can answer nothing: those of the last good checkpoint take their place; where there is none, no network. */
  async #goBack(run: Run, saver: Saver): Promise<void> {
    await saver.whenWritten();
    const { goodCheckpoint } = saver;
    try {
      if (goodCheckpoint) run.session.restore(goodCheckpoint.path);
      else this.#replaceSession(null);
    } catch {
      this.#replaceSession(null);
    }
  }

  async #answer({ id, checkpointDir, request }: TrainerCommandOf<'checkpoints'>): Promise<void> {
    const answer = await folderThread.call('answer', [checkpointDir, request]);
    this.#emit({ type: 'checkpoints', id, answer });
  }

  #phase(detail: string): void {
    this.#emit({ type: 'phase', phase: 'preparing', detail });
  }

  #replaceSession(session: Session | null): void {
    this.#session?.close();
    this.#session = session;
  }
}

/** What can be refused before the checkpoint folder is made. @returns the data. @throws FailureError */
async function checked({ config, weightsFrom }: TrainerCommandOf<'start'>): Promise<Dataset> {
  if (weightsFrom !== undefined) await weightsIn(weightsFrom);
  return feasibleDataset(config);
}

/** The checkpoint asked for, or the newest good one; and what was wrong with newer ones. @throws FailureError */
async function find(
  folder: string,
  name: string | undefined,
): Promise<{ checkpoint: Checkpoint | null; warnings: Failure[]; otherVersions: string[] }> {
  if (name !== undefined)
    return { checkpoint: await checkpointNamed(folder, name), warnings: [], otherVersions: [] };
  const { checkpoint, damaged, otherVersions } = await newestCheckpoint(folder);
  return { checkpoint, warnings: damaged, otherVersions };
}

/** What a network takes: a record of an earlier version does not say how it looks. */
const imagesOf = ({
  image: { height, width, channels },
  appearance = usualAppearance,
}: Pick<CheckpointRecord, 'image' | 'appearance'>): Images => ({
  height,
  width,
  channels,
  appearance,
});

const alreadyTraining = (folder: string): Failure => ({
  what: 'Training is running already.',
  where: folder,
  remedy: 'Stop it before starting anew.',
});

/** @param end called when a `shutdown` has been carried out: everything is saved */
export function createService(emit: Emit, end: () => void = () => undefined): Service {
  return new TrainerService(emit, end);
}
