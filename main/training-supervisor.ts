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
import type { Crash, TrainerHost } from './trainer-host.ts';
import type { TrainerEvent } from '../shared/trainer-events.ts';

/** The part of the trainer's host that is needed here. */
export type Trainer = Pick<TrainerHost, 'isRunning' | 'send' | 'shutdown'>;

/** Milliseconds: saving takes well under a second; a slow disk may need more, a lost network share forever. */
const SHUTDOWN_PATIENCE = 15_000;

/** Turns requests of the window into commands, and events of the trainer into state, curves and folder. */
export class TrainingSupervisor {
  readonly #trainer: Trainer;
  readonly #folder: CheckpointFolder;
  readonly #send: Send;
  readonly #history: HistorySender;
  #state: TrainingState = initialState;
  /** The last start, for going on after a crash. */
  #request: RunRequest | null = null;
  /** Whether a person has chosen to take the folder over, with everything else that lies there. */
  #takesOver = false;
  readonly #isProving: () => boolean;

  /** @param isProving whether a checkpoint is being proven, beside which no run begins */
  constructor(trainer: Trainer, folder: CheckpointFolder, send: Send, isProving = () => false) {
    this.#trainer = trainer;
    this.#folder = folder;
    this.#send = send;
    this.#history = new HistorySender(send);
    this.#isProving = isProving;
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
   * @param keepsAside what was deleted there may still be put back
   */
  open(takesOver = false, keepsAside = false): void {
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
        ...(keepsAside && { keepsAside: true }),
      });
  }

  /** @throws FailureError while there is a run, or a checkpoint is proven */
  refuseWhileBusy(): void {
    refuseWhileUnderWay(this.isBusy, this.#isProving(), this.#folder.path);
  }

  /** Makes the present run save into another folder from now on. */
  saveTo(folder: string): void {
    this.#trainer.send({ type: 'save-to', checkpointDir: folder });
  }

  /** @throws FailureError while there is a run, or if the folder cannot be written to */
  start(request: RunRequest): void {
    this.refuseWhileBusy();
    this.#start(request);
  }

  /** Does what the failure's button says, in a new process: goes on with the run from its checkpoint, or opens the folder again. */
  recover(): void {
    this.refuseWhileBusy();
    const action = this.#state.failure?.action;
    if (!action) return;
    const request = this.#request;
    const isFresh = action.does === 'start' && this.#state.resumesAt === null;
    // If a missing folder were made again, nobody would notice that the saved run is missing.
    if (!isFresh) this.#folder.check();
    if (action.does === 'start' && request !== null) this.#start(request);
    else this.open();
  }

  pause(): void {
    const { phase } = this.#state;
    // Saving or evaluating is finished first.
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
   * Changes settings of the present run, from its next step on.
   * @throws FailureError if there is no run, or its network has no such setting
   */
  change(change: LiveChange): void {
    const request = this.isBusy && this.#state.phase !== 'stopping' ? this.#request : null;
    if (request === null) throw nothingToChangeFailure();
    // The trainer checks it too, but could only warn; this check gives an error to the caller.
    changedConfig(request.config, change);
    this.#trainer.send({ type: 'change', change });
  }

  /**
   * Sets weights of the network by hand, instead of those that were set before.
   * @throws FailureError while a run trains
   */
  editWeights(edits: WeightEdit[]): void {
    refuseWeightsInUse(this.phase);
    this.#trainer.send({ type: 'edit-weights', edits });
  }

  /** Opens the folder again if the checkpoint that a start would go on from was removed. */
  noteRemoved(folder: string, names: readonly string[]): void {
    const checkpoint = this.#folder.checkpoint;
    if (this.isBusy || folder !== this.#folder.path || checkpoint === null) return;
    if (names.includes(basename(checkpoint.path))) this.open(false, true);
  }

  dismissFailure(): void {
    const { phase } = this.#state;
    this.#set({ ...this.#state, phase: phase === 'crashed' ? 'idle' : phase, failure: null });
  }

  /** Saves what there is and ends the trainer; settles when it has ended or was killed. */
  async shutdown(): Promise<void> {
    if (this.isBusy)
      this.#set({ ...this.#state, phase: 'stopping', detail: 'Saving before quitting' });
    await this.#trainer.shutdown(SHUTDOWN_PATIENCE);
  }

  onEvent(event: TrainerEvent): void {
    // Another folder was chosen while this one was being opened.
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
      case 'failed': // The folder is as it was.
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
        // These come ten times a second; the window takes them from the event itself.
        this.#send(event.type, event);
        return;
      case 'warning':
        this.#send('warning', { what: event.what, where: event.where, remedy: event.remedy });
        break;
      default: // Nothing but the state and the folder's checkpoint, below.
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
