import type { RunConfig } from '../../shared/config.ts';
import { FailureError, toFailure } from '../../shared/ipc.ts';
import type { TrainerCommand, TrainerEvent } from '../../shared/trainer-protocol.ts';
import { readHistory } from './checkpoint/metrics-log.ts';
import { newestCheckpoint, prepareFolder } from './checkpoint/store.ts';
import { Control } from './control.ts';
import { compile } from './graph/compile.ts';
import { deviceName, refOf, Run } from './run.ts';
import { Session } from './session.ts';
import { train } from './training-loop.ts';

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
  /** The network that predictions and filters are read from; trained on while `#control` is there. */
  #session: Session | null = null;
  #control: Control | null = null;
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
        this.#enqueue(command.checkpointDir, () => this.#open(command.checkpointDir));
        return;
      case 'start':
        this.#start(command.checkpointDir, command.config);
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
      case 'predict':
        this.#predict(command.id, command.pixels);
        return;
      case 'filters':
        this.#filters(command.id);
        return;
      case 'shutdown':
        this.#control?.stop();
        void this.#queue.then(this.#end);
        return;
    }
  }

  #enqueue(where: string, task: () => Promise<void>): void {
    this.#queue = this.#queue.then(task).catch((error: unknown) => {
      this.#emit({ type: 'failed', ...toFailure(error, where) });
    });
    this.#queue = this.#queue.then(() => {
      this.#emit({ type: 'phase', phase: 'idle', detail: '' });
    });
  }

  async #open(folder: string): Promise<void> {
    this.#phase('opening the checkpoint folder');
    this.#replaceSession(null);
    const { checkpoint, damaged } = await newestCheckpoint(folder);
    if (checkpoint) {
      const { config, precision, image } = checkpoint.record;
      const session = await Session.open(compile(config, precision, image));
      session.restore(checkpoint.prefix);
      this.#replaceSession(session);
    }
    this.#emit({
      type: 'opened',
      checkpointDir: folder,
      restoredFrom: checkpoint && refOf(checkpoint),
      config: checkpoint?.record.config ?? null,
      precision: checkpoint?.record.precision ?? null,
      history: await readHistory(folder, checkpoint?.record.cursor.step ?? 0),
      warnings: damaged,
    });
  }

  #start(folder: string, config: RunConfig): void {
    if (this.#control) {
      this.#emit({ type: 'warning', ...alreadyTraining(folder) });
      return;
    }
    const control = new Control();
    this.#control = control;
    this.#enqueue(folder, async () => {
      try {
        await this.#train(folder, config, control);
      } finally {
        this.#control = null;
      }
    });
  }

  async #train(folder: string, config: RunConfig, control: Control): Promise<void> {
    this.#phase('reading the data and building the network');
    await prepareFolder(folder);
    const { checkpoint, damaged } = await newestCheckpoint(folder);
    for (const failure of damaged) this.#emit({ type: 'warning', ...failure });
    const run = await Run.open(folder, config, checkpoint);
    this.#replaceSession(run.session);
    const { dataset } = run;
    this.#emit({
      type: 'started',
      config,
      parameters: run.session.graph.parameters,
      device: deviceName(),
      precision: run.precision.precision,
      precisionReason: run.precision.reason,
      restoredFrom: run.restoredFrom,
      examples: {
        train: dataset.train.count,
        validation: dataset.validation.count,
        test: dataset.test.count,
      },
      stepsPerEpoch: run.stepsPerEpoch,
      totalSteps: run.totalSteps,
    });
    await train(run, control, this.#emit);
  }

  #predict(id: number, pixels: Uint8Array): void {
    const session = this.#session;
    const probabilities = session ? Array.from(session.predict(pixels)) : [];
    this.#emit({ type: 'prediction', id, step: session?.step() ?? 0, probabilities });
  }

  #filters(id: number): void {
    const session = this.#session;
    const [height, width, channels, filters] = session?.graph.filterShape ?? [];
    this.#emit({
      type: 'filters',
      id,
      step: session?.step() ?? 0,
      shape:
        height === undefined ||
        width === undefined ||
        channels === undefined ||
        filters === undefined
          ? null
          : [height, width, channels, filters],
      values: session?.filters() ?? new Float32Array(),
    });
  }

  #phase(detail: string): void {
    this.#emit({ type: 'phase', phase: 'preparing', detail });
  }

  #replaceSession(session: Session | null): void {
    this.#session?.close();
    this.#session = session;
  }
}

const alreadyTraining = (folder: string) =>
  new FailureError({
    what: 'Training is running already.',
    where: folder,
    remedy: 'Stop it before starting anew.',
  }).failure;

/** @param end called when a `shutdown` has been carried out: everything is saved */
export function createService(emit: Emit, end: () => void = () => undefined): Service {
  return new TrainerService(emit, end);
}
