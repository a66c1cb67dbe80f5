import { expect, it } from 'vitest';
import type { RunConfig } from '../../../shared/config.ts';
import type { LiveChange } from '../../../shared/live-change.ts';
import type { TrainerCommand } from '../../../shared/trainer-commands.ts';
import type { TrainerEvent, TrainerEventOf } from '../../../shared/trainer-events.ts';
import {
  checkpointHash,
  checkpointSteps,
  killedAt,
  smallDataset,
  temporaryFolder,
} from '../../support/folders.ts';
import { failures, smallRun, STEPS_AN_EPOCH, trainUntilIdle } from '../../support/trainer.ts';

/** Changes that are taken back, and many that follow each other. */

const LAST = 3 * STEPS_AN_EPOCH;
const dataset = await smallDataset(450, 20);

const run = (): RunConfig => {
  const config = smallRun(dataset, 'float32');
  return { ...config, checkpoints: { ...config.checkpoints, keep: 100 } };
};

const changedIn = (events: readonly TrainerEvent[]): TrainerEventOf<'changed'>[] =>
  events.flatMap((event) => (event.type === 'changed' ? [event] : []));

const ratesIn = (events: readonly TrainerEvent[]): [step: number, rate: number][] =>
  events.flatMap((event) =>
    event.type === 'step' ? [[event.step, event.learningRate] as [number, number]] : [],
  );

/** In a pause: each change in turn, once the one before is told; then goes on. */
function changingInPause(
  changes: ((before: LiveChange) => LiveChange)[],
  begin: TrainerEvent['type'],
) {
  const left = [...changes];
  let paused = false;
  return (event: TrainerEvent): TrainerCommand | null => {
    if (event.type === begin && !paused) {
      paused = true;
      return { type: 'pause' };
    }
    const isNext = event.type === 'changed' || (event.type === 'phase' && event.phase === 'paused');
    if (!isNext) return null;
    const change = left.shift();
    const before = event.type === 'changed' ? (event.before ?? {}) : {};
    return change ? { type: 'change', change: change(before) } : { type: 'resume' };
  };
}

it('a change that is taken back before its first step leaves the same numbers, to the last bit', async () => {
  const [undone, plain] = [temporaryFolder(), temporaryFolder()];
  const change: LiveChange = {
    learningRate: 0.3,
    momentum: 0.7,
    weightDecay: 0.1,
    dropRates: [0.1, 0.2, 0.3, 0.4],
  };
  const events = await trainUntilIdle(
    undone,
    run(),
    changingInPause([() => change, (before) => before], 'step'),
  );
  await trainUntilIdle(plain, run());
  expect(failures(events)).toEqual([]);
  const [made, back] = changedIn(events);
  expect(back).toMatchObject({ step: made!.step, change: made!.before!, before: change });
  expect(checkpointHash(undone, LAST)).toBe(checkpointHash(plain, LAST));
});

it('a rate that plateaus had lowered is, once a change is taken back, what it was before', async () => {
  const config = run();
  const reduceOnPlateau = { patience: 1, minimumGain: 1, factor: 0.25 };
  const lowering = { ...config, optimizer: { ...config.optimizer, reduceOnPlateau } };
  const [undone, plain] = [temporaryFolder(), temporaryFolder()];
  const events = await trainUntilIdle(
    undone,
    lowering,
    changingInPause([() => ({ learningRate: 0.5 }), (before) => before], 'rate-lowered'),
  );
  const unchanged = await trainUntilIdle(plain, lowering);
  expect(changedIn(events)[0]!.before).toMatchObject({ rateFactor: 0.25 });
  expect(ratesIn(events)).toEqual(ratesIn(unchanged));
  expect(checkpointHash(undone, LAST)).toBe(checkpointHash(plain, LAST));
});

it('a run that goes on after a change was taken back knows nothing of it', async () => {
  const folder = temporaryFolder();
  const asking = changingInPause([() => ({ learningRate: 0.5 }), (before) => before], 'step');
  const changed = (event: TrainerEvent): boolean =>
    event.type === 'changed' && event.change.learningRate !== 0.5;
  await trainUntilIdle(folder, run(), (event) =>
    changed(event) ? { type: 'stop' } : asking(event),
  );
  const plain = temporaryFolder();
  const rest = await trainUntilIdle(folder, run());
  await trainUntilIdle(plain, run());
  expect(changedIn(rest)).toEqual([]);
  expect(checkpointHash(folder, LAST)).toBe(checkpointHash(plain, LAST));
});

it('of changes that follow each other fast, what was before the first is kept: from there a run goes on as if there were none', async () => {
  const folder = temporaryFolder();
  let asked = 0;
  // As a slider does that is dragged: within one epoch, at steps of their own.
  const events = await trainUntilIdle(folder, run(), (event) => {
    if (event.type !== 'step' || event.step >= STEPS_AN_EPOCH - 1) return null;
    asked++;
    return { type: 'change', change: { learningRate: 0.001 * asked } };
  });
  expect(failures(events)).toEqual([]);
  const changed = changedIn(events);
  expect(new Set(changed.map(({ step }) => step)).size).toBeGreaterThan(2);
  const first = changed[0]!.step;
  const ends = [1, 2, 3].map((epoch) => epoch * STEPS_AN_EPOCH);
  expect(checkpointSteps(folder)).toEqual([first, ...ends]);

  const [before, plain] = [killedAt(first, folder), temporaryFolder()];
  await trainUntilIdle(before, run());
  await trainUntilIdle(plain, run());
  expect(checkpointHash(before, LAST)).toBe(checkpointHash(plain, LAST));
});
