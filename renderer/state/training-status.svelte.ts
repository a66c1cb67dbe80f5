import {
  initialState,
  type FailureNotice,
  type TrainingState,
} from '../../shared/training-state.ts';
import { runShare } from '../../shared/run-share.ts';
import type { ReadingProgress } from '../../shared/reading-progress.ts';
import { isBusyPhase, type TrainingPhase } from '../../shared/training-phase.ts';
import type { Api } from '../api.ts';
import { onBeat } from './beat.ts';
import type { Notices } from './notices.svelte.ts';
import { Power } from './power.svelte.ts';
import { withSameParts } from './same-parts.ts';
import type {
  PaceEvent,
  ProgressEvent,
  StepEvent,
  TrainerEventOf,
} from '../../shared/trainer-events.ts';
import type { RunConfig } from '../../shared/config.ts';

/** Where training stands, and the buttons that change it. */
export class TrainingStatus {
  readonly #api: Api;
  readonly #notices: Notices;
  readonly power: Power;
  #state = $state.raw(initialState);
  // Of a small network the state comes dozens of times a second: who reads a part of it hears of that part alone.
  readonly #phase = $derived(this.#state.phase);
  readonly #busy = $derived(isBusyPhase(this.#state.phase));
  readonly #detail = $derived(this.#state.detail);
  readonly #started = $derived(this.#state.started);
  readonly #finished = $derived(this.#state.finished);
  readonly #network = $derived(this.#state.network);
  readonly #failure = $derived(this.#state.failure);
  readonly #resumesAt = $derived(this.#state.resumesAt);
  #lastStep = $state.raw<StepEvent | null>(null);
  #pace = $state.raw<PaceEvent | null>(null);
  #progress = $state.raw<ProgressEvent | null>(null);
  #reading = $state.raw<ReadingProgress | null>(null);
  #secondsLeft = $state<number | null>(null);
  /** Pause was pressed where the trainer could not take it: between two epochs it evaluates and saves. */
  #pausing = $state(false);

  /** The newest pace, which comes ten times a second, where it is not shown yet; null: there is none. */
  #heard: PaceEvent | null = null;
  readonly #showPace = onBeat(1, () => {
    if (!this.#heard) return;
    this.#pace = this.#heard;
    this.#heard = null;
    this.#progress = null;
    this.#secondsLeft = this.#pace.secondsLeft;
  });

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
    this.power = new Power(api, notices);
    api.on('training', (state) => this.take(state));
    api.on('steps', (steps) => {
      this.#lastStep = steps.at(-1) ?? this.#lastStep;
    });
    api.on('pace', (pace) => {
      this.#heard = pace;
      this.#showPace();
    });
    api.on('reading', (reading) => {
      this.#reading = reading;
    });
    api.on('progress', (progress) => {
      this.#heard = null;
      this.#progress = progress;
      this.#secondsLeft = progress.secondsLeft;
    });
  }

  get phase(): TrainingPhase {
    return this.#phase;
  }
  get detail(): string {
    return this.#detail;
  }
  get started(): TrainerEventOf<'started'> | null {
    return this.#started;
  }
  get finished(): TrainerEventOf<'finished'> | null {
    return this.#finished;
  }
  /** The network that can be asked; null while there is none. */
  get network(): TrainingState['network'] {
    return this.#network;
  }
  get failure(): FailureNotice | null {
    return this.#failure;
  }
  /** The step that a start would go on from; null: nothing is saved in the folder. */
  get resumesAt(): number | null {
    return this.#resumesAt;
  }
  /** The newest step that is known of, and its epoch. */
  get position(): { epoch: number; step: number } | null {
    if (this.#pace) return this.#pace;
    const last = this.#lastStep;
    // The curves may end some steps before the checkpoint that a start would go on from.
    return last && { epoch: last.epoch, step: Math.max(last.step, this.resumesAt ?? 0) };
  }
  /** Null: none was measured. */
  get examplesPerSecond(): number | null {
    return this.#pace?.examplesPerSecond ?? null;
  }
  /** How far the evaluation has come that is under way; null: none is. */
  get evaluation(): ProgressEvent | null {
    const at = this.#progress?.phase === 'evaluating' ? this.#progress : null;
    // Paused between two epochs, the last one is over.
    const isPausedWithin = this.phase === 'paused' && at !== null && at.done < at.total;
    return this.phase === 'evaluating' || isPausedWithin ? at : null;
  }
  /** How far the data are read that the run is on; null: they are not being read. */
  get reading(): ReadingProgress | null {
    return this.phase === 'preparing' ? this.#reading : null;
  }
  /** Of the run that is under way; null: it is not known. */
  get secondsLeft(): number | null {
    return this.busy && this.phase !== 'stopping' ? this.#secondsLeft : null;
  }
  /** Share of the run that is done, 0 to 1, of the reading before it; null where none was started. */
  get share(): number | null {
    if (this.finished) return 1;
    if (this.reading) return this.reading.total && this.reading.done / this.reading.total;
    const at = this.#progress ?? this.#pace ?? this.#lastStep;
    return this.started && at && runShare(this.started, at);
  }
  get pausing(): boolean {
    return this.#pausing;
  }
  /** A run is under way: settings and folder stay as they are. */
  get busy(): boolean {
    return this.#busy;
  }

  take(state: TrainingState): void {
    this.#state = withSameParts(this.#state, state);
    this.#heard = null;
    this.#lastStep = state.lastStep;
    this.#pace = state.pace;
    this.#progress = state.progress;
    this.#reading = state.reading;
    this.#secondsLeft = state.secondsLeft;
    if (!this.#pausing) return;
    if (state.phase === 'training') void this.#call('pause');
    else if (state.phase !== 'saving' && state.phase !== 'evaluating') this.#pausing = false;
  }

  start(config: RunConfig): void {
    void this.#notices.attempt('Start', () => this.#api.call('start', config));
  }
  pause(): void {
    this.#pausing = true;
    if (this.phase === 'training') void this.#call('pause');
  }
  resume(): void {
    void this.#call('resume');
  }
  stop(): void {
    void this.#call('stop');
  }
  recover(): void {
    void this.#call('recover');
  }
  dismissFailure(): void {
    void this.#call('dismissFailure');
  }

  async #call(name: 'pause' | 'resume' | 'stop' | 'recover' | 'dismissFailure'): Promise<void> {
    await this.#notices.attempt(name, () => this.#api.call(name));
  }
}
