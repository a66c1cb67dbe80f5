import type { RunConfig } from '../../shared/config.ts';
import type { CheckpointRef } from '../../shared/trainer-events.ts';
import { isBusyPhase, type TrainingPhase } from '../../shared/training-phase.ts';
import type { Api } from '../api.ts';
import type { CheckpointFolder } from './checkpoint-folder.svelte.ts';
import type { Notices } from './notices.svelte.ts';

/** The checkpoint that a start would go on from, and the set-up that it was saved with. */
export interface SavedSetUp {
  /** Such as model.ckpt-430. */
  name: string;
  step: number;
  config: RunConfig;
}

/** What a start would go on from, and the other ways to begin. It is asked for while no run is under way: a run has its own set-up. */
export class Continuation {
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #folder: Pick<CheckpointFolder, 'take'>;
  #saved = $state.raw<SavedSetUp | null>(null);
  #checkpoint: CheckpointRef | null = null;
  #isBusy = false;
  /** Raised whenever the checkpoint may be another: what was asked of the one before is not told. */
  #turn = 0;

  constructor(api: Api, notices: Notices, folder: Pick<CheckpointFolder, 'take'>) {
    this.#api = api;
    this.#notices = notices;
    this.#folder = folder;
    api.on('folder', ({ checkpoint }) => this.#take(checkpoint, this.#isBusy));
    api.on('training', ({ phase }) => {
      if (isBusyPhase(phase) !== this.#isBusy) this.#take(this.#checkpoint, isBusyPhase(phase));
    });
  }

  /** Null: the folder holds none, a run is under way, or it is not known yet. */
  get saved(): SavedSetUp | null {
    return this.#saved;
  }

  /** What the snapshot tells. */
  load(checkpoint: CheckpointRef | null, phase: TrainingPhase): void {
    this.#take(checkpoint, isBusyPhase(phase));
  }

  /** Goes on from a checkpoint of the folder; from one that is not the newest, a branch begins. */
  startFrom(config: RunConfig, name: string): void {
    void this.#notices.attempt('Start', () => this.#api.call('startFrom', { config, from: name }));
  }

  /** Asks for another folder, and begins there with the weights that match. */
  async startWithWeights(config: RunConfig, name: string): Promise<void> {
    const folder = await this.#notices.attempt('Start with weights', () =>
      this.#api.call('startWithWeights', { config, from: name }),
    );
    if (folder) this.#folder.take(folder);
  }

  #take(checkpoint: CheckpointRef | null, isBusy: boolean): void {
    this.#checkpoint = checkpoint;
    this.#isBusy = isBusy;
    this.#turn++;
    this.#saved = null;
    if (checkpoint !== null && !isBusy) void this.#ask(checkpoint, this.#turn);
  }

  async #ask({ path, step }: CheckpointRef, turn: number): Promise<void> {
    const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    const answer = await this.#api
      .call('checkpoints', { type: 'show', name })
      // Without it nothing differs that could be told; what is wrong with the folder is told where it is opened.
      .catch(() => null);
    if (turn !== this.#turn || answer?.type !== 'show') return;
    this.#saved = { name, step, config: answer.checkpoint.config };
  }
}
