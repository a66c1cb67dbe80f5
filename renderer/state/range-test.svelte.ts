import type { RunConfig } from '../../shared/config.ts';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import { smoothTried } from '../../shared/range-test.ts';
import {
  usualRateRange,
  type RangeProgress,
  type RangeTestRequest,
  type RangeTestResult,
  type RateRange,
  type RateSuggestion,
  type TriedRate,
} from '../../shared/range-test-protocol.ts';
import type { Api } from '../api.ts';
import { RateRangeForm } from './rate-range-form.svelte.ts';

/** A learning-rate range test: what is tried, its curve so far, and what that says at its end. */
export class RangeTest {
  readonly #api: Api;
  readonly range = new RateRangeForm();
  #start = $state<RangeTestRequest['start']>('fresh');
  #isRunning = $state(false);
  #doing = $state<RangeProgress['doing']>('reading the data');
  #tried = $state.raw<readonly TriedRate[]>([]);
  #shownRange = $state.raw<RateRange>(usualRateRange);
  #secondsLeft = $state<number | null>(null);
  #result = $state.raw<RangeTestResult | null>(null);
  #failure = $state.raw<Failure | null>(null);
  readonly #smoothed = $derived.by(() => smoothTried(this.#tried));
  /** Raised by whatever makes what was asked before pointless. */
  #turn = 0;

  constructor(api: Api) {
    this.#api = api;
    api.on('ratesProgress', (progress) => this.#note(progress));
  }

  /** The weights that the next test begins with. */
  get start(): RangeTestRequest['start'] {
    return this.#start;
  }
  get isRunning(): boolean {
    return this.#isRunning;
  }
  /** What is done while it runs. */
  get doing(): RangeProgress['doing'] {
    return this.#doing;
  }
  /** Of the test that runs, or of the last one; in their order. */
  get tried(): readonly TriedRate[] {
    return this.#tried;
  }
  /** The smoothed loss at each step of `tried`. */
  get smoothed(): readonly TriedRate[] {
    return this.#smoothed;
  }
  /** Of the steps, 0 to 1; null: none was done yet. */
  get share(): number | null {
    return this.#tried.length === 0 ? null : this.#tried.length / this.steps;
  }
  /** Of the test that runs, or of the last one. */
  get shownRange(): RateRange {
    return this.#shownRange;
  }
  get steps(): number {
    return this.#shownRange.steps;
  }
  get secondsLeft(): number | null {
    return this.#secondsLeft;
  }
  /** Null: none has come to its end. */
  get result(): RangeTestResult | null {
    return this.#result;
  }
  /** What the curve says; null before its end. */
  get suggestion(): RateSuggestion | null {
    return this.#result?.suggestion ?? null;
  }
  /** Why no rates could be tried. */
  get failure(): Failure | null {
    return this.#failure;
  }

  chooseStart(start: RangeTestRequest['start']): void {
    this.#start = start;
  }

  /** Tries the rates with a configuration as it is now; does nothing while a test runs, or where its range is not valid. */
  async run(config: RunConfig): Promise<void> {
    const { range } = this.range;
    if (this.#isRunning || range === null) return;
    this.#forget();
    const turn = this.#turn;
    this.#isRunning = true;
    this.#shownRange = range;
    try {
      const result = await this.#api.call('tryRates', { config, range, start: this.#start });
      if (turn !== this.#turn) return;
      this.#tried = result.tried;
      this.#result = result;
    } catch (error) {
      if (turn === this.#turn) this.#failure = toFailure(error, 'the range test');
    }
    if (turn === this.#turn) this.#isRunning = false;
  }

  /** Ends it after its step; what was tried is kept and judged. */
  stop(): void {
    // Nobody waits for an answer: a window that cannot be heard is told of elsewhere.
    if (this.#isRunning) this.#api.call('stopTryingRates').catch(() => undefined);
  }

  /** Ends it and forgets what it told. */
  close(): void {
    this.stop();
    this.#forget();
  }

  #forget(): void {
    this.#turn++;
    this.#isRunning = false;
    this.#doing = 'reading the data';
    this.#tried = [];
    this.#secondsLeft = null;
    this.#result = null;
    this.#failure = null;
  }

  #note({ doing, tried, secondsLeft }: RangeProgress): void {
    if (!this.#isRunning) return;
    this.#doing = doing;
    this.#secondsLeft = secondsLeft;
    // One that was closed may still tell of its last steps: those of this one come in turn.
    const isNext = tried[0]?.step === (this.#tried.at(-1)?.step ?? 0) + 1;
    if (isNext) this.#tried = [...this.#tried, ...tried];
  }
}
