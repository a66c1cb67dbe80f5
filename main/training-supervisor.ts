import { basename } from 'node:path';
import { emptyHistory } from '../shared/branched-history.ts';
import type { Snapshot } from '../shared/contract.ts';
import { initialState, type TrainingState } from '../shared/training-state.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import { crashNotice } from './failure-notice.ts';
import type { Send } from './ipc.ts';
import { nothingToChangeFailure, refuseWeightsInUse, refuseWhileUnderWay } from './run-refusals.ts';
import { requestAfter, type RunRequest } from './run-request.ts';
import { HistorySender } from './history-sender.ts';
import { changedConfig, type LiveChange } from '../shared/live-change.ts';
import { isBusyPhase, type TrainingPhase } from '../shared/training-phase.ts';
import type { WeightEdit } from '../shared/weight-edit.ts';
import { crashedState, nextState, startingState } from './training-state.ts';
import type { Crash } from './trainer-host.ts';
import type { TrainerEvent } from '../shared/trainer-events.ts';
import type { TrainerCommand } from '../shared/trainer-commands.ts';

/** The part of the trainer's host that is needed here. */
export interface Trainer {
  readonly isRunning: boolean;
  readonly isProving?: boolean;
  send(command: TrainerCommand): void;
  shutdown(patience: number): Promise<void>;
}

/** In milliseconds: a slow disk may need more than a second, a lost network share for ever. */
const SHUTDOWN_PATIENCE = 15_000;

/** Turns what the window asks for into commands, and what the trainer tells into state, curves and folder. */
export class TrainingSupervisor {
  readonly #trainer: Trainer;
  readonly #folder: CheckpointFolder;
  readonly #send: Send;
  readonly #history: HistorySender;
  #state: TrainingState = initialState;
  /** The last start, to go on with after a crash. */
  #request: RunRequest | null = null;
  /** A person has chosen to take the folder over, with whatever else lies there. */
  #takesOver = false;
  constructor(trainer: Trainer, folder: CheckpointFolder, send: Send) {
    this.#trainer = trainer;
    this.#folder = folder;
    this.#send = send;
    this.#history = new HistorySender(send);
  }

  get phase(): TrainingPhase {
    return this.#state.phase;
  }

  get isBusy(): boolean {
    return isBusyPhase(this.phase);
  }

  snapshot(): Pick<Snapshot, 'training' | 'history' | 'folder'> {
    return {
      training: this.#state,
      history: this.#history.snapshot(),
      folder: this.#folder.describe(),
    };
  }

  /**
   * Looks into the present folder, so that its network can predict and its curves are seen; does nothing where there is none.
   * @param takesOver records that its checkpoints have lost are rebuilt first, and a start takes the rest as it is
   */
  open(takesOver = false): void {
    this.#takesOver = takesOver;
    this.#folder.note(null);
    if (!takesOver) this.#folder.noteFound(null);
    this.#request = null;
    this.#set({ ...initialState, ...(this.#folder.exists() ? { phase: 'opening' as const } : {}) });
    this.#history.load(emptyHistory);
    this.#tellFolder();
    if (this.#folder.exists())
      this.#trainer.send({
        type: 'open',
        checkpointDir: this.#folder.path,
        ...(takesOver && { takeOver: true }),
      });
  }

  /** @throws FailureError while there is a run */
  refuseWhileBusy(): void {
    refuseWhileUnderWay(this.isBusy, this.#trainer.isProving ?? false, this.#folder.path);
  }

  /** The run that is under way saves into another folder from now on. */
  saveTo(folder: string): void {
    this.#trainer.send({ type: 'save-to', checkpointDir: folder });
  }

  /** @throws FailureError while there is a run, or where the folder cannot be written to */
  start(request: RunRequest): void {
    this.refuseWhileBusy();
    this.#start(request);
  }

  /** What the failure's button says: in a new process the same run, from what is saved, or another look into the folder. */
  recover(): void {
    this.refuseWhileBusy();
    const action = this.#state.failure?.action;
    if (!action) return;
    const request = this.#request;
    const isFresh = action.does === 'start' && this.#state.resumesAt === null;
    // Made anew, a folder that is gone would hide that what was saved in it is not there.
    if (!isFresh) this.#folder.check();
    if (action.does === 'start' && request !== null) this.#start(request);
    else this.open();
  }

  pause(): void {
    const { phase } = this.#state;
    // Saving or evaluating comes to its end first.
    if (phase === 'training' || phase === 'saving' || phase === 'evaluating')
      this.#trainer.send({ type: 'pause' });
  }

  resume(): void {
    if (this.#state.phase === 'paused') this.#trainer.send({ type: 'resume' });
  }

  stop(): void {
    if (!this.isBusy) return;
    this.#set({ ...this.#state, phase: 'stopping', detail: 'Saving' });
    this.#trainer.send({ type: 'stop' });
  }

  /**
   * Changes numbers of the run that is under way, from its next step on.
   * @throws FailureError while there is none, or where its network has no such number
   */
  change(change: LiveChange): void {
    const request = this.isBusy && this.#state.phase !== 'stopping' ? this.#request : null;
    if (request === null) throw nothingToChangeFailure();
    // The trainer checks it too, but could only warn: here, whoever asked is told.
    changedConfig(request.config, change);
    this.#trainer.send({ type: 'change', change });
  }

  /**
   * Sets weights of the network by hand, in place of those that were set so before.
   * @throws FailureError while a run trains
   */
  editWeights(edits: WeightEdit[]): void {
    refuseWeightsInUse(this.phase);
    this.#trainer.send({ type: 'edit-weights', edits });
  }

  /** Checkpoints of a folder were removed: where that is what a start would go on from, the folder is looked into anew. */
  noteRemoved(folder: string, names: readonly string[]): void {
    const checkpoint = this.#folder.checkpoint;
    if (this.isBusy || folder !== this.#folder.path || checkpoint === null) return;
    if (names.includes(basename(checkpoint.path))) this.open();
  }

  dismissFailure(): void {
    const phase = this.#state.phase === 'crashed' ? 'idle' : this.#state.phase;
    this.#set({ ...this.#state, phase, failure: null });
  }

  /** Saves what there is and ends the trainer; settles when it has ended, or was made to. */
  async shutdown(): Promise<void> {
    if (this.isBusy)
      this.#set({ ...this.#state, phase: 'stopping', detail: 'Saving before quitting' });
    await this.#trainer.shutdown(SHUTDOWN_PATIENCE);
  }

  onEvent(event: TrainerEvent): void {
    // Another folder was chosen while this one was looked into.
    if (event.type === 'opened' && event.checkpointDir !== this.#folder.path) return;
    const before = this.#state;
    this.#state = nextState(before, event);
    this.#history.add(event);
    this.#request = requestAfter(this.#request, event);
    switch (event.type) {
      case 'opened':
        this.#history.load(event.history);
        for (const warning of event.warnings) this.#send('warning', warning);
        this.#folder.noteFound(this.#takesOver ? null : event.found);
        break;
      case 'failed':
        // The folder is as it was.
        if (before.phase === 'opening') this.#takesOver = false;
        break;
      case 'started':
        this.#takesOver = false;
        this.#folder.noteFound(null);
        this.#state = {
          ...this.#state,
          lastStep: this.#history.begin(
            { number: event.branch, forks: event.forks },
            event.restoredFrom?.step ?? 0,
          ),
        };
        break;
      case 'step':
        return;
      case 'pace':
      case 'progress':
      case 'reading':
        // Ten a second: the window has it from the event itself.
        this.#send(event.type, event);
        return;
      case 'warning':
        this.#send('warning', { what: event.what, where: event.where, remedy: event.remedy });
        break;
      default:
        // Nothing but the state and the folder's checkpoint, below.
        break;
    }
    if (this.#folder.noteEvent(event)) this.#tellFolder();
    if (this.#state !== before) this.#send('training', this.#state);
  }

  onCrash(crash: Crash): void {
    this.#history.sendSteps();
    const { lastStep, pace, resumesAt } = this.#state;
    const notice = crashNotice({
      ...crash,
      isBusy: this.isBusy,
      step: (pace ?? lastStep)?.step ?? null,
      resumesAt,
      isFolderThere: this.#folder.exists(),
    });
    this.#set(crashedState(this.#state, notice));
  }

  #start(request: RunRequest): void {
    this.#folder.prepare();
    this.#request = request;
    this.#set(startingState(this.#state));
    this.#trainer.send({
      type: 'start',
      checkpointDir: this.#folder.path,
      ...request,
      ...(this.#takesOver && { takeOver: true }),
    });
  }

  #tellFolder(): void {
    this.#send('folder', this.#folder.describe());
  }

  #set(state: TrainingState): void {
    this.#state = state;
    this.#send('training', state);
  }
}
