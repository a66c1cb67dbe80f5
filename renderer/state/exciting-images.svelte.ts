import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { PredictionAnswerTo } from '../../shared/predictions.ts';
import type { ReadingProgress } from '../../shared/reading-progress.ts';
import type { InsideParts } from './insides.svelte.ts';

/** A channel that is pinned, to be looked at in other images. */
export interface PinnedChannel {
  layer: number;
  channel: number;
}

export type Exciting = PredictionAnswerTo<'most-exciting'>;

/** Which images of the data excite a pinned channel most, by the newest checkpoint. */
export class ExcitingImages {
  readonly #parts: InsideParts;
  #pinned = $state.raw<PinnedChannel | null>(null);
  #found = $state.raw<Exciting | null>(null);
  #failure = $state.raw<Failure | null>(null);
  #progress = $state.raw<ReadingProgress | null>(null);
  #isAsking = $state(false);
  #turn = 0;

  constructor(parts: InsideParts) {
    this.#parts = parts;
    parts.api.on('predictionProgress', (progress) => {
      if (this.#isAsking) this.#progress = progress;
    });
  }

  get pinned(): PinnedChannel | null {
    return this.#pinned;
  }
  /** Null until they are found. */
  get found(): Exciting | null {
    return this.#found;
  }
  get failure(): Failure | null {
    return this.#failure;
  }
  /** Null: nothing is told of it yet. */
  get progress(): ReadingProgress | null {
    return this.#progress;
  }
  get isAsking(): boolean {
    return this.#isAsking;
  }
  /** Whether there is a checkpoint to ask. */
  get canAsk(): boolean {
    return this.#parts.folder.checkpointName !== null;
  }

  async pin({ layer, channel }: PinnedChannel): Promise<void> {
    this.stop();
    const turn = this.#turn;
    this.#pinned = { layer, channel };
    this.#found = null;
    this.#failure = null;
    this.#progress = null;
    const checkpoint = this.#parts.folder.checkpointName;
    if (checkpoint === null) return;
    this.#isAsking = true;
    try {
      const asked = { type: 'most-exciting', checkpoint, layer, channel } as const;
      const found = await this.#parts.api.askPredictions(asked);
      if (turn === this.#turn) this.#found = found;
    } catch (error) {
      if (turn === this.#turn) this.#failure = toFailure(error, 'the data');
    } finally {
      if (turn === this.#turn) this.#isAsking = false;
    }
  }

  stop(): void {
    this.#turn++;
    if (!this.#isAsking) return;
    this.#isAsking = false;
    this.#parts.api.call('stopPredicting').catch(() => undefined);
  }

  unpin(): void {
    this.stop();
    this.#pinned = null;
    this.#found = null;
  }
}
