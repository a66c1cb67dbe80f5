import type {
  ExperimentPoint,
  ExperimentProgress,
  ExperimentResult,
} from '../../shared/experiment-protocol.ts';
import { experiments, type ExperimentId } from '../../shared/experiments.ts';
import { seenIn, type Seen } from '../../shared/experiment-words.ts';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { Api } from '../api.ts';

type Points = readonly [readonly ExperimentPoint[], readonly ExperimentPoint[]];

/** The experiment that runs or was the last one: its two networks' steps so far, and what they say at the end. */
export class ExperimentRun {
  readonly #api: Api;
  #id = $state<ExperimentId | null>(null);
  #isRunning = $state(false);
  #doing = $state<ExperimentProgress['doing']>('reading the data');
  #points = $state.raw<Points>([[], []]);
  #secondsLeft = $state<number | null>(null);
  #result = $state.raw<ExperimentResult | null>(null);
  #failure = $state.raw<Failure | null>(null);
  readonly #seen = $derived(this.#result && seenIn(this.#result));
  /** Raised by whatever makes what was asked before pointless. */
  #turn = 0;

  constructor(api: Api) {
    this.#api = api;
    api.on('experimentProgress', (progress) => this.#note(progress));
  }

  /** Null: there was none yet. */
  get id(): ExperimentId | null {
    return this.#id;
  }
  get isRunning(): boolean {
    return this.#isRunning;
  }
  get doing(): ExperimentProgress['doing'] {
    return this.#doing;
  }
  get points(): Points {
    return this.#points;
  }
  get secondsLeft(): number | null {
    return this.#secondsLeft;
  }
  /** Of the steps, 0 to 1; null: none was done yet. */
  get share(): number | null {
    const done = Math.max(...this.#points.map((points) => points.length));
    return this.#id === null || done === 0 ? null : done / experiments[this.#id].steps;
  }
  /** Null until the end. */
  get result(): ExperimentResult | null {
    return this.#result;
  }
  /** What it says in its own numbers; null until the end. */
  get seen(): Seen | null {
    return this.#seen;
  }
  /** Why it could not be made. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** Does nothing while one runs. */
  async start(id: ExperimentId): Promise<void> {
    if (this.#isRunning) return;
    const turn = ++this.#turn;
    this.#id = id;
    this.#isRunning = true;
    this.#doing = 'reading the data';
    this.#points = [[], []];
    this.#secondsLeft = null;
    this.#result = null;
    this.#failure = null;
    try {
      const result = await this.#api.call('experiment', { experiment: id });
      if (turn !== this.#turn) return;
      const [one, other] = result.sides;
      this.#points = [one.points, other.points];
      this.#result = result;
    } catch (error) {
      if (turn === this.#turn) this.#failure = toFailure(error, 'the experiment');
    }
    if (turn === this.#turn) this.#isRunning = false;
  }

  /** Ends it after its step; what was done is kept. */
  stop(): void {
    // Nobody waits for an answer: a window that cannot be heard is told of elsewhere.
    if (this.#isRunning) this.#api.call('stopExperiment').catch(() => undefined);
  }

  #note({ doing, points, secondsLeft }: ExperimentProgress): void {
    if (!this.#isRunning) return;
    this.#doing = doing;
    this.#secondsLeft = secondsLeft;
    const [one, other] = this.#points;
    this.#points = [
      [...one, ...points[0]],
      [...other, ...points[1]],
    ];
  }
}
