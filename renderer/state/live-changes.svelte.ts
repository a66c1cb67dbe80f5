import type { RunConfig } from '../../shared/config.ts';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import {
  changeBack,
  changedConfig,
  rateFactorAfter,
  type LiveChange,
} from '../../shared/live-change.ts';
import {
  isSameChange,
  lastChangeBack,
  liveChangeAt,
  liveSettingsOf,
  RATE_PATH,
  type LiveSetting,
} from '../../shared/live-settings.ts';
import { liveLockReason } from '../../shared/lock-reason.ts';
import type { BranchEvent, TrainerEventOf } from '../../shared/trainer-events.ts';
import { isBusyPhase, type TrainingPhase } from '../../shared/training-phase.ts';
import type { Api } from '../api.ts';
import { changeWords } from '../../shared/event-words.ts';
import { rangeProblem } from '../text/range-problem.ts';
import type { Toasts } from './toasts.svelte.ts';

/** A number that may change while the run trains, as a view shows it. */
export interface LiveField extends LiveSetting {
  /** What was asked for and is not in force yet; null: nothing. */
  asked: number | null;
  /** Why what was asked for last is not; null: it is, or is going to be. */
  refused: Failure | null;
}

/** The parts of other state that are needed here. */
export interface LiveRun {
  readonly phase: TrainingPhase;
  readonly started: TrainerEventOf<'started'> | null;
}
interface RunRecord {
  readonly events: readonly BranchEvent[];
}

/** A change that was sent, and the numbers that it asks for, by path. */
interface SentChange {
  change: LiveChange;
  numbers: Readonly<Record<string, number>>;
  /** The trainer has told that it is in force; the run's state, which follows, has it. */
  isHeard: boolean;
}

/** What a change changes. */
interface RunNumbers {
  config: RunConfig;
  rateFactor: number;
}

const afterChange = ({ config, rateFactor }: RunNumbers, change: LiveChange): RunNumbers => ({
  config: changedConfig(config, change),
  rateFactor: rateFactorAfter(change, rateFactor),
});

/** The numbers that a change makes others, by path. */
function changedNumbers(now: RunNumbers, change: LiveChange): Record<string, number> {
  const before = liveSettingsOf(now.config, now.rateFactor);
  const after = afterChange(now, change);
  return Object.fromEntries(
    liveSettingsOf(after.config, after.rateFactor)
      .filter(({ value }, k) => value !== before[k]?.value)
      .map(({ path, value }) => [path, value]),
  );
}

const runEnded: Failure = {
  what: 'The run ended before this counted.',
  where: 'change',
  remedy: 'Set it for the next start.',
};

/** Numbers of the run that a person changes while it trains: in force, asked for, refused, and taken back. */
export class LiveChanges {
  readonly #api: Api;
  readonly #run: LiveRun;
  readonly #record: RunRecord;
  readonly #toasts: Toasts;
  /** In the order in which they were asked for. */
  #sent = $state.raw<readonly SentChange[]>([]);
  #refused = $state.raw<Readonly<Record<string, Failure>>>({});

  constructor(api: Api, run: LiveRun, record: RunRecord, toasts: Toasts) {
    this.#api = api;
    this.#run = run;
    this.#record = record;
    this.#toasts = toasts;
    api.on('happened', ({ event }) => {
      if (event.type === 'changed') this.#hear(event);
    });
    api.on('training', ({ phase }) => {
      this.#sent = this.#sent.filter(({ isHeard }) => !isHeard);
      if (!isBusyPhase(phase)) this.#giveUp();
    });
    api.on('history', () => {
      this.#sent = [];
      this.#refused = {};
    });
  }

  /** Of the run that was started last, its rate first; none before the first. */
  get fields(): readonly LiveField[] {
    const { started } = this.#run;
    if (!started) return [];
    const asked = Object.assign({}, ...this.#sent.map(({ numbers }) => numbers)) as Partial<
      Record<string, number>
    >;
    return liveSettingsOf(started.config, started.rateFactor).map((setting) => ({
      ...setting,
      asked: asked[setting.path] ?? null,
      refused: this.#refused[setting.path] ?? null,
    }));
  }
  /** Why nothing can be changed at present; null: it can. */
  get lock(): string | null {
    return liveLockReason(this.#run.phase);
  }
  /** The change that takes back the last one that still counts; null: there is none, or another is under way. */
  get lastBack(): LiveChange | null {
    return this.#sent.length > 0 ? null : lastChangeBack(this.#record.events);
  }
  /** What undoing brings back, in words; null: nothing can be undone. */
  get backWords(): string | null {
    const [back, now] = [this.lastBack, this.#afterSent()];
    if (!back || !now || this.lock !== null) return null;
    return changeWords(back, changeBack(now.config, back, now.rateFactor));
  }

  /** From the next step on. Does nothing where the number is not allowed, or is so already. */
  change(path: string, value: number): void {
    const now = this.#afterSent();
    const field = this.fields.find((each) => each.path === path);
    if (!now || !field || this.lock !== null) return;
    if (rangeProblem(field.field, field.range, value) !== null) return;
    if (value === (field.asked ?? field.value)) return;
    const change = liveChangeAt(now.config, path, value);
    if (change) void this.#send(change);
  }

  /** Training is measured as validation is after each epoch of the run, or is going to be: that was asked for. */
  get measuresTraining(): boolean {
    return this.#afterSent()?.config.training.measureTraining ?? false;
  }
  /** From the next end of an epoch on. */
  measureTraining(isOn: boolean): void {
    if (this.lock === null && isOn !== this.measuresTraining)
      void this.#send({ measureTraining: isOn });
  }

  /** The rate times a factor: ½, or 2. */
  scaleRate(factor: number): void {
    const scaled = this.#scaledRate(factor);
    if (scaled !== null) this.change(RATE_PATH, scaled);
  }
  canScaleRate(factor: number): boolean {
    return this.lock === null && this.#scaledRate(factor) !== null;
  }

  /** Takes back the last change that still counts. */
  undo(): void {
    const back = this.lastBack;
    if (back && this.lock === null) void this.#send(back);
  }

  #scaledRate(factor: number): number | null {
    const rate = this.fields.find(({ path }) => path === RATE_PATH);
    if (!rate) return null;
    const scaled = Number(((rate.asked ?? rate.value) * factor).toPrecision(12));
    return rangeProblem(rate.field, rate.range, scaled) === null ? scaled : null;
  }

  /** The run with all that was asked for. */
  #afterSent(): RunNumbers | null {
    const { started } = this.#run;
    if (!started) return null;
    const now = { config: started.config, rateFactor: started.rateFactor ?? 1 };
    return this.#sent.reduce((run, { change }) => afterChange(run, change), now);
  }

  async #send(change: LiveChange): Promise<void> {
    const now = this.#afterSent();
    if (!now) return;
    const numbers = changedNumbers(now, change);
    const sent: SentChange = { change, numbers, isHeard: false };
    this.#sent = [...this.#sent, sent];
    this.#forgetRefusals(Object.keys(numbers));
    try {
      await this.#api.call('change', change);
    } catch (error) {
      this.#sent = this.#sent.filter((each) => each !== sent);
      this.#refuse(Object.keys(numbers), toFailure(error, 'change'));
    }
  }

  #hear({ step, change, before }: TrainerEventOf<'changed'>): void {
    const at = this.#sent.findIndex((sent) => !sent.isHeard && isSameChange(sent.change, change));
    // Not asked for here, such as what a start has changed.
    if (at < 0) return;
    this.#sent = this.#sent.map((sent, k) => (k === at ? { ...sent, isHeard: true } : sent));
    const undo = before && (() => void this.#send(before));
    this.#toasts.show(`${changeWords(change, before)}, from step ${step + 1} on.`, undo ?? null);
  }

  /** The run is over: what did not count yet never will. */
  #giveUp(): void {
    const paths = this.#sent.flatMap(({ numbers }) => Object.keys(numbers));
    this.#sent = [];
    if (paths.length > 0) this.#refuse(paths, runEnded);
  }

  #refuse(paths: readonly string[], failure: Failure): void {
    this.#refused = {
      ...this.#refused,
      ...Object.fromEntries(paths.map((path) => [path, failure])),
    };
  }

  #forgetRefusals(paths: readonly string[]): void {
    this.#refused = Object.fromEntries(
      Object.entries(this.#refused).filter(([path]) => !paths.includes(path)),
    );
  }
}
