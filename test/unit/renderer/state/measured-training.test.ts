import { expect, it } from 'vitest';
import { MeasuredTraining } from '../../../../renderer/state/measured-training.svelte.ts';
import { whyValidationLooksBetter } from '../../../../renderer/text/measured-words.ts';
import type { RunConfig } from '../../../../shared/config.ts';
import { seedRun } from '../../../../shared/presets.ts';
import type { EpochEvent } from '../../../../shared/trainer-events.ts';
import { epoch, started } from '../../main/events.ts';

const measuredEpoch = (number: number, loss: number): EpochEvent => ({
  ...epoch(number, 10 * number),
  trainEvaluated: { loss, accuracy: 1 - loss, examples: 5_000 },
});

/** A window with a run that is under way or not, and what it is asked for. */
function windowWith(busy: boolean, epochs: EpochEvent[]) {
  const asked: string[] = [];
  const draft: RunConfig = seedRun();
  const run = {
    curves: { epochs },
    training: { busy, started: busy ? started(null) : null },
    live: {
      lock: null,
      measuresTraining: false,
      measureTraining(isOn: boolean) {
        this.measuresTraining = isOn;
        asked.push(`live ${isOn}`);
      },
    },
    form: {
      draft,
      set(path: string, value: boolean) {
        draft.training.measureTraining = value;
        asked.push(`${path} ${value}`);
      },
    },
  };
  return { measured: new MeasuredTraining(run), asked };
}

it('is switched on for the run that is under way, else for the next start', () => {
  const [busy, idle] = [windowWith(true, []), windowWith(false, [])];
  for (const { measured } of [busy, idle]) {
    measured.turn(false);
    measured.turn(true);
    expect(measured.isOn).toBe(true);
  }
  expect(busy.asked).toEqual(['live true']);
  expect(idle.asked).toEqual(['training.measureTraining true']);
});

it('is a dashed line through the epochs that were measured, while it is on', () => {
  const { measured } = windowWith(true, [
    epoch(1, 10),
    measuredEpoch(2, 0.5),
    measuredEpoch(3, 0.25),
  ]);
  expect(measured.lines).toEqual({ loss: [], accuracy: [] });
  const on = windowWith(false, [epoch(1, 10), measuredEpoch(2, 0.5), measuredEpoch(3, 0.25)]);
  on.measured.turn(true);
  const [loss] = on.measured.lines.loss;
  expect(loss).toMatchObject({ colour: '--measured', dash: [6, 3] });
  expect(loss?.points).toEqual([
    { x: 20, y: 0.5, epoch: 2 },
    { x: 30, y: 0.25, epoch: 3 },
  ]);
  expect(on.measured.lines.accuracy[0]?.points.at(-1)).toEqual({ x: 30, y: 0.75, epoch: 3 });
  expect(on.measured.newest?.epoch).toBe(3);
});

it('why validation may look better names what the run has of it', () => {
  const seed = seedRun();
  expect(whyValidationLooksBetter(seed)).toBe(
    'Validation may look better than training: while it trains, dropout is on and its mean is over the whole epoch.',
  );
  const layers = seed.network.layers.filter(({ type }) => type !== 'dropout');
  const smoothed = { ...seed.optimizer, labelSmoothing: 0.1 };
  expect(
    whyValidationLooksBetter({
      ...seed,
      network: { ...seed.network, layers },
      optimizer: smoothed,
    }),
  ).toMatch(/while it trains, the loss is a stricter one and its mean/);
});
