import type { Calibration } from '../../shared/calibration.ts';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { PredictionRequestOf } from '../../shared/predictions.ts';
import type { ReadingProgress } from '../../shared/reading-progress.ts';
import type { Api } from '../api.ts';

/** For which checkpoint a temperature is wanted, and on which examples it is tried. */
interface Wanted {
  asked: Pick<PredictionRequestOf<'calibration'>, 'checkpoint' | 'dataset' | 'part'>;
  /** What is known holds as long as this text is the same. */
  scope: string;
}

/** A temperature that is fitted when somebody asks for it, by the process that evaluates checkpoints. */
export class TemperatureFit {
  readonly #api: Api;
  readonly #wanted: () => Wanted | null;
  #known = $state.raw<{ scope: string; checkpoint: string; it: Calibration } | null>(null);
  #failure = $state.raw<{ scope: string; it: Failure } | null>(null);
  #progress = $state.raw<ReadingProgress | null>(null);
  /** What is being asked; null: nothing is. */
  #asking = $state<string | null>(null);
  /** What was asked last, whether it was answered or not. */
  #asked = $state<string | null>(null);
  #turn = 0;

  /** @param wanted null: there is no checkpoint to ask */
  constructor(api: Api, wanted: () => Wanted | null) {
    this.#api = api;
    this.#wanted = wanted;
    api.on('predictionProgress', (progress) => {
      if (this.#asking !== null) this.#progress = progress;
    });
  }

  /** Null: it is not known. */
  get calibration(): Calibration | null {
    const known = this.#known;
    return known !== null && known.scope === this.#scope ? known.it : null;
  }
  /** Null where it is not known, there is none, or it is a bound of the search and not the network's. */
  get value(): number | null {
    const result = this.calibration?.result;
    return result?.state === 'fitted' && result.bound === null ? result.temperature : null;
  }
  /** What is known is of another checkpoint than the one that would be asked now. */
  get isOfOlder(): boolean {
    return (
      this.calibration !== null && this.#known?.checkpoint !== this.#wanted()?.asked.checkpoint
    );
  }
  get failure(): Failure | null {
    const failed = this.#failure;
    return failed !== null && failed.scope === this.#scope ? failed.it : null;
  }
  get isAsking(): boolean {
    return this.#asking !== null && this.#asking === this.#scope;
  }
  /** Null: nothing is told of it yet. */
  get progress(): ReadingProgress | null {
    return this.#progress;
  }
  get canAsk(): boolean {
    return this.#scope !== null;
  }
  /** Nobody has asked, nor stopped it. */
  get isUnasked(): boolean {
    return this.#scope !== null && this.#asked !== this.#scope;
  }
  get #scope(): string | null {
    return this.#wanted()?.scope ?? null;
  }

  async ask(): Promise<void> {
    const wanted = this.#wanted();
    if (wanted === null || this.isAsking) return;
    const { scope } = wanted;
    const { checkpoint, dataset, part } = wanted.asked;
    const turn = ++this.#turn;
    this.#asking = scope;
    this.#asked = scope;
    this.#progress = null;
    this.#failure = null;
    try {
      const it = await this.#api.askPredictions({ type: 'calibration', checkpoint, dataset, part });
      if (it && turn === this.#turn) this.#known = { scope, checkpoint, it };
    } catch (error) {
      if (turn === this.#turn) this.#failure = { scope, it: toFailure(error, checkpoint) };
    } finally {
      if (turn === this.#turn) this.#asking = null;
    }
  }

  stop(): void {
    if (this.#asking === null) return;
    this.#turn++;
    this.#asking = null;
    this.#api.call('stopPredicting').catch(() => undefined);
  }
}
