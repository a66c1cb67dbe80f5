import type { RunConfig } from '../../shared/config.ts';
import type { TrainingPhase } from '../../shared/training-phase.ts';
import type { WeightEdit } from '../../shared/weight-edit.ts';
import type { Api } from '../api.ts';
import { throttled } from './throttle.ts';
import type { Notices } from './notices.svelte.ts';

/** While a slider moves. */
const BETWEEN_EDITS = 40;

const isSameWeight = (one: WeightEdit, other: WeightEdit): boolean =>
  one.filter === other.filter &&
  one.row === other.row &&
  one.column === other.column &&
  one.channel === other.channel;

/** The parts of other state that are needed here. */
interface EditedNetwork {
  readonly phase: TrainingPhase;
  readonly network: unknown;
}

/**
 * Weights of the first convolution that a person sets by hand while nothing is trained. The network that is asked has them at once; a
 * run that goes on from them is a branch.
 */
export class WeightEdits {
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #training: EditedNetwork;
  readonly #onEdited: () => void;
  /** In the order in which they were made: of one weight, the last counts. */
  #edits = $state.raw<readonly WeightEdit[]>([]);
  /** The last is still being moved: what follows of the same weight takes its place. */
  #isMoving = false;
  /** A run that was paused is to go on with them as soon as it has been saved. */
  #goesOn = false;
  readonly #tell = throttled(BETWEEN_EDITS, () => void this.#send());

  /** @param onEdited the network answers otherwise from now on */
  constructor(api: Api, notices: Notices, training: EditedNetwork, onEdited: () => void) {
    this.#api = api;
    this.#notices = notices;
    this.#training = training;
    this.#onEdited = onEdited;
    api.on('training', ({ phase }) => this.#hear(phase));
    // Another folder was opened, or a run has begun.
    api.on('history', () => this.#forget());
  }

  /** Weights that are set by hand at present. */
  get count(): number {
    return this.#counting().length;
  }
  get canUndo(): boolean {
    return this.#edits.length > 0 && this.lock === null;
  }
  /** Why no weight can be set at present; null: it can. */
  get lock(): string | null {
    const { phase, network } = this.#training;
    if (network === null) return 'There is no network yet.';
    if (phase === 'idle' || phase === 'paused') return null;
    return phase === 'training' || phase === 'evaluating' || phase === 'saving'
      ? 'The run is changing the weights itself: pause it to set one by hand.'
      : 'Weights can be set by hand once the run is paused or has ended.';
  }

  /** Sets a weight. Until `settle` is called, more of the same weight is the same change. */
  set(edit: WeightEdit): void {
    const last = this.#edits.at(-1);
    const replaces = this.#isMoving && last !== undefined && isSameWeight(last, edit);
    this.#edits = [...(replaces ? this.#edits.slice(0, -1) : this.#edits), edit];
    this.#isMoving = true;
    this.#tell();
  }
  settle(): void {
    this.#isMoving = false;
  }
  undo(): void {
    this.#take(this.#edits.slice(0, -1));
  }
  /** All weights are again as they were learned. */
  undoAll(): void {
    this.#take([]);
  }

  /** Trains on from these weights, on a branch. A paused run is ended and saved before. */
  goOn(config: RunConfig | null): void {
    if (this.#training.phase === 'paused') {
      this.#goesOn = true;
      void this.#notices.attempt('Resume', () => this.#api.call('stop'));
    } else if (config !== null) this.#start(config);
  }

  /** The run has ended, and this is the set-up that it had. */
  goOnIfAsked(config: RunConfig | null): void {
    const isAsked = this.#goesOn;
    this.#goesOn = false;
    if (isAsked && config !== null && this.count > 0) this.#start(config);
  }

  #start(config: RunConfig): void {
    const edits = this.#counting();
    void this.#notices.attempt('Start', () => this.#api.call('startEdited', { config, edits }));
  }

  #counting(): WeightEdit[] {
    return this.#edits.filter(
      (edit, k) => !this.#edits.slice(k + 1).some((later) => isSameWeight(later, edit)),
    );
  }

  #take(edits: readonly WeightEdit[]): void {
    this.#edits = edits;
    this.#isMoving = false;
    this.#tell();
  }

  async #send(): Promise<void> {
    const edits = this.#counting();
    await this.#notices.attempt('Set a weight', () => this.#api.call('editWeights', edits));
    this.#onEdited();
  }

  #hear(phase: TrainingPhase): void {
    if (phase === 'crashed') this.#forget();
    // A start that was refused has left the network as it was learned.
    else if (phase === 'idle' && this.#edits.length > 0 && !this.#goesOn) this.#tell();
  }

  #forget(): void {
    this.#tell.cancel();
    this.#edits = [];
    this.#isMoving = false;
    this.#goesOn = false;
  }
}
