import { beforeEach, describe, expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { LiveChanges, type LiveRun } from '../../../../renderer/state/live-changes.svelte.ts';
import { Toasts } from '../../../../renderer/state/toasts.svelte.ts';
import { initialState } from '../../../../shared/training-state.ts';
import { changeBack, type LiveChange } from '../../../../shared/live-change.ts';
import type { BranchEvent, TrainerEvent } from '../../../../shared/trainer-events.ts';
import { nextState } from '../../../../main/training-state.ts';
import { phase, started } from '../../main/events.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

/** A run as the main process tells of it. */
class ToldRun implements LiveRun {
  #state = nextState({ ...initialState, phase: 'preparing' }, started(null));
  readonly events: BranchEvent[] = [];
  readonly #bridge: AnsweringBridge;

  constructor(bridge: AnsweringBridge) {
    this.#bridge = bridge;
  }
  get phase(): LiveRun['phase'] {
    return this.#state.phase;
  }
  get started(): LiveRun['started'] {
    return this.#state.started;
  }
  tell(event: TrainerEvent): void {
    this.#state = nextState(this.#state, event);
    if (event.type === 'changed') {
      this.events.push({ branch: 1, event });
      this.#bridge.tell('happened', { branch: 1, event });
    }
    this.#bridge.tell('training', this.#state);
  }
  /** The trainer has carried a change out. */
  carryOut(change: LiveChange): void {
    const { config, rateFactor = 1 } = this.#state.started!;
    const before = changeBack(config, change, rateFactor);
    this.tell({ type: 'changed', epoch: 1, step: 7, change, before });
  }
}

const RATE = 'optimizer.learningRate';
let bridge: AnsweringBridge;
let run: ToldRun;
let toasts: Toasts;
let live: LiveChanges;

beforeEach(() => {
  bridge = new AnsweringBridge();
  run = new ToldRun(bridge);
  toasts = new Toasts();
  live = new LiveChanges(new Api(bridge), run, run, toasts);
  run.tell(phase('training'));
});

const field = (path: string) => live.fields.find((each) => each.path === path)!;
const requested = (): unknown[] => bridge.asked.map(({ input }) => input);

describe('a number of the run that trains', () => {
  it('is asked for, then in force once the trainer has told so, with a toast that takes it back', async () => {
    live.change(RATE, 0.002);
    expect(field(RATE)).toMatchObject({ value: 0.001, asked: 0.002 });
    await bridge.last('change').answer();
    expect(field(RATE).asked).toBe(0.002);
    run.carryOut({ learningRate: 0.002 });
    expect(field(RATE)).toMatchObject({ value: 0.002, asked: null });
    expect(toasts.toast!.text).toBe('Learning rate 0.001 → 0.002, from step 8 on.');
    toasts.undo();
    expect(requested()).toEqual([{ learningRate: 0.002 }, { learningRate: 0.001 }]);
    toasts.dismiss();
  });

  it('is halved and doubled, also several times before the first counts, and never beyond its range', () => {
    live.scaleRate(0.5);
    live.scaleRate(0.5);
    expect(requested()).toEqual([{ learningRate: 0.0005 }, { learningRate: 0.00025 }]);
    live.change(RATE, 100);
    expect([live.canScaleRate(2), live.canScaleRate(0.5)]).toEqual([false, true]);
  });

  it('is halved from what plateaus have made of it', () => {
    const at = { type: 'rate-lowered', epoch: 1, step: 3 } as const;
    run.tell({ ...at, learningRate: 0.00025, rateFactor: 0.25 });
    expect(field(RATE).value).toBe(0.00025);
    live.scaleRate(0.5);
    expect(requested()).toEqual([{ learningRate: 0.000125 }]);
    run.carryOut({ learningRate: 0.000125 });
    expect(live.backWords).toBe('Learning rate 0.000125 → 0.00025');
    live.undo();
    expect(requested().at(-1)).toEqual({ learningRate: 0.001, rateFactor: 0.25 });
    expect(field(RATE).asked).toBe(0.00025);
    toasts.dismiss();
  });

  it('of one dropout leaves the others, those asked for meanwhile too', () => {
    const [first, second] = live.fields.filter(({ path }) => path.endsWith('.rate'));
    live.change(first!.path, 0.25);
    live.change(second!.path, 0.75);
    const rates = live.fields
      .filter(({ path }) => path.endsWith('.rate'))
      .map((each) => each.value);
    expect(requested().at(-1)).toEqual({ dropRates: [0.25, 0.75, ...rates.slice(2)] });
  });

  it('is not asked for where it is not allowed, or so already', () => {
    live.change(RATE, 0);
    live.change(RATE, 0.001);
    live.change('data.batchSize', 4);
    expect(requested()).toEqual([]);
  });

  it('that is refused stays what it is, with the reason, until it is asked for anew', async () => {
    const failure = { what: 'No.', where: 'change', remedy: 'None.' };
    live.change(RATE, 0.002);
    await bridge.last('change').refuse(failure);
    expect(field(RATE)).toMatchObject({ value: 0.001, asked: null, refused: failure });
    live.change(RATE, 0.003);
    expect(field(RATE).refused).toBeNull();
  });

  it('that did not count before the run ended is told as refused', () => {
    live.change(RATE, 0.002);
    run.tell({ type: 'stopped', epoch: 0, step: 7, checkpoint: null });
    expect(field(RATE)).toMatchObject({
      asked: null,
      refused: { what: 'The run ended before this counted.' },
    });
    expect(live.lock).toContain('No run is under way');
    live.scaleRate(2);
    expect(requested()).toHaveLength(1);
  });
});

describe('undo', () => {
  it('takes back one change after the other, and is none while another is under way', () => {
    expect(live.backWords).toBeNull();
    run.carryOut({ learningRate: 0.01 });
    run.carryOut({ weightDecay: 0.5 });
    live.undo();
    expect(requested()).toEqual([{ weightDecay: 0 }]);
    expect(live.backWords).toBeNull();
    run.carryOut({ weightDecay: 0 });
    expect(live.backWords).toBe('Learning rate 0.01 → 0.001');
    toasts.dismiss();
  });

  it('of what was not asked for in this window is offered, but not by a toast', () => {
    run.carryOut({ learningRate: 0.01 });
    expect(toasts.toast).toBeNull();
    expect(live.backWords).toBe('Learning rate 0.01 → 0.001');
  });
});
