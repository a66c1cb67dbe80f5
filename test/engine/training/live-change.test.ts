import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig, UpdateRule } from '../../../shared/config.ts';
import { newestCheckpoint } from '../../../main/trainer/checkpoint/reading.ts';
import type { LiveChange } from '../../../shared/live-change.ts';
import type { TrainerCommand } from '../../../shared/trainer-commands.ts';
import type { TrainerEvent } from '../../../shared/trainer-events.ts';
import { checkpointHash, killedAt, smallDataset, temporaryFolder } from '../../support/folders.ts';
import { convolution, dense, flatten } from '../../support/networks.ts';
import { failures, smallRun, STEPS_AN_EPOCH, trainUntilIdle } from '../../support/trainer.ts';

/** Numbers that a person changes while a run runs. */

const LAST = 3 * STEPS_AN_EPOCH;
const dataset = await smallDataset(450, 20);

interface Numbers {
  learningRate: number;
  momentum: number;
  weightDecay: number;
  dropRates: number[];
}
const before: Numbers = { learningRate: 1e-3, momentum: 0, weightDecay: 1e-4, dropRates: [0, 0.5] };
const after: Numbers = {
  learningRate: 3e-4,
  momentum: 0.9,
  weightDecay: 1e-2,
  dropRates: [0.3, 0],
};

function configOf({ learningRate, momentum, weightDecay, dropRates }: Numbers): RunConfig {
  const run = smallRun(dataset, 'float32');
  const [first = 0, second = 0] = dropRates;
  return {
    ...run,
    network: {
      name: 'test',
      layers: [
        convolution({ filters: 4, activation: 'relu', start: { type: 'he' } }),
        { type: 'dropout', rate: first },
        flatten,
        { type: 'dropout', rate: second },
        dense(10, { start: { type: 'glorot' } }),
      ],
    },
    optimizer: {
      ...run.optimizer,
      rule: { type: 'rmsprop', decay: 0.9, momentum, epsilon: 1e-8, meanSquareStart: 1 },
      learningRate,
      weightDecay,
    },
  };
}

/** Asks for a change at the first step that is told. */
function changing(change: LiveChange) {
  let asked = false;
  return (event: TrainerEvent): TrainerCommand | null => {
    if (event.type !== 'step' || asked) return null;
    asked = true;
    return { type: 'change', change };
  };
}

/** Pauses at the first step that is told, asks for a change, and goes on once it is told. */
function changingInPause(change: LiveChange) {
  let asked = false;
  return (event: TrainerEvent): TrainerCommand | null => {
    if (event.type === 'step' && !asked) {
      asked = true;
      return { type: 'pause' };
    }
    if (event.type === 'phase' && event.phase === 'paused') return { type: 'change', change };
    return event.type === 'changed' ? { type: 'resume' } : null;
  };
}

const eventsIn = (folder: string): { type: string; step: number }[] =>
  readFileSync(join(folder, 'metrics.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; step: number });

describe.each([
  ['while it trains', changing],
  ['in a pause', changingInPause],
])('changed %s', (_, asking) => {
  it('counts from the next step on, is on the record, and what was before is kept', async () => {
    const folder = temporaryFolder();
    const events = await trainUntilIdle(folder, configOf(before), asking(after));
    expect(failures(events)).toEqual([]);
    const changed = events.find((event) => event.type === 'changed');
    expect(changed).toMatchObject({ change: after, epoch: 1 });
    expect(eventsIn(folder).filter(({ type }) => type === 'changed')).toHaveLength(1);
    const at = changed?.step ?? 0;
    const rates = events.flatMap((event) => (event.type === 'step' ? [event] : []));
    for (const { step, learningRate } of rates)
      expect(learningRate).toBe(step > at ? after.learningRate : before.learningRate);

    // The same as a run that went on from there with the other numbers, and other than one that kept them.
    const [other, same] = [killedAt(at, folder), killedAt(at, folder)];
    await trainUntilIdle(other, configOf(after));
    await trainUntilIdle(same, configOf(before));
    expect(checkpointHash(folder, LAST)).toBe(checkpointHash(other, LAST));
    expect(checkpointHash(folder, LAST)).not.toBe(checkpointHash(same, LAST));
  });
});

const each: [keyof Numbers, Partial<Numbers>][] = [
  ['learningRate', { learningRate: after.learningRate }],
  ['momentum', { momentum: after.momentum }],
  ['weightDecay', { weightDecay: after.weightDecay }],
  ['dropRates', { dropRates: after.dropRates }],
];
describe('a change of one number alone counts', () => {
  let unchanged = '';
  beforeAll(async () => {
    const folder = temporaryFolder();
    await trainUntilIdle(folder, configOf(before));
    unchanged = checkpointHash(folder, LAST);
  });

  it.each(each)('%s', async (_, change) => {
    const folder = temporaryFolder();
    const events = await trainUntilIdle(folder, configOf(before), changing(change));
    const at = events.find((event) => event.type === 'changed')?.step ?? 0;
    const other = killedAt(at, folder);
    await trainUntilIdle(other, configOf({ ...before, ...change }));
    expect(checkpointHash(folder, LAST)).toBe(checkpointHash(other, LAST));
    expect(checkpointHash(folder, LAST)).not.toBe(unchanged);
  });
});

it('a change in a pause that is followed by a stop is kept', async () => {
  const folder = temporaryFolder();
  const asking = changingInPause(after);
  const events = await trainUntilIdle(folder, configOf(before), (event) =>
    event.type === 'changed' ? { type: 'stop' } : asking(event),
  );
  expect(events.find(({ type }) => type === 'changed')).toBeDefined();
  expect(eventsIn(folder).filter(({ type }) => type === 'changed')).toHaveLength(1);
  const { checkpoint } = await newestCheckpoint(folder);
  expect(checkpoint?.record.config).toEqual(configOf(after));
});

it.each(['validation', 'test'])('a pause and a change during the %s count', async (part) => {
  const folder = temporaryFolder();
  let asked = false;
  const events = await trainUntilIdle(folder, configOf(before), (event) => {
    if (event.type === 'phase' && event.phase === 'paused')
      return { type: 'change', change: { learningRate: 0.5 } };
    if (event.type === 'changed') return { type: 'resume' };
    if (asked || event.type !== 'phase' || event.detail !== part) return null;
    asked = true;
    return { type: 'pause' };
  });
  const told = events.flatMap((event) => {
    if (event.type === 'phase' && event.phase === 'paused') return ['paused'];
    return event.type === 'changed' || event.type === 'finished' ? [event.type] : [];
  });
  expect(told).toEqual(['paused', 'changed', 'finished']);
  const { checkpoint } = await newestCheckpoint(folder);
  expect(checkpoint?.record.config.optimizer.learningRate).toBe(0.5);
});

it('numbers that are others when a run goes on are on the record', async () => {
  const folder = temporaryFolder();
  const short = configOf(before);
  await trainUntilIdle(folder, { ...short, training: { ...short.training, epochs: 1 } });
  const events = await trainUntilIdle(folder, configOf(after));
  expect(events.find((event) => event.type === 'changed')).toMatchObject({
    step: STEPS_AN_EPOCH,
    change: after,
  });
  const again = await trainUntilIdle(folder, configOf(after));
  expect(again.some((event) => event.type === 'changed')).toBe(false);
});

it('a rate that a person sets is the rate, whatever plateaus have made of the one before', async () => {
  const folder = temporaryFolder();
  const run = configOf(before);
  const reduceOnPlateau = { patience: 1, minimumGain: 1, factor: 0.5 };
  const config = { ...run, optimizer: { ...run.optimizer, reduceOnPlateau } };
  const events = await trainUntilIdle(folder, config, (event) =>
    event.type === 'rate-lowered' ? { type: 'change', change: { learningRate: 3e-4 } } : null,
  );
  const at = events.find((event) => event.type === 'changed')?.step ?? Infinity;
  const rates = events.flatMap((event) => (event.type === 'step' ? [event] : []));
  expect(rates.filter(({ step }) => step > at).map(({ learningRate }) => learningRate)).toContain(
    3e-4,
  );
});

const rules: UpdateRule[] = [
  configOf(before).optimizer.rule,
  { type: 'sgd' },
  { type: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
];
describe('weight decay begins and ends while it runs', () => {
  it.each(rules)('$type', async (rule) => {
    const config = (weightDecay: number): RunConfig => {
      const run = configOf({ ...before, weightDecay });
      return { ...run, optimizer: { ...run.optimizer, rule } };
    };
    for (const [from, to] of [
      [0, 0.1],
      [0.1, 0],
    ] as const) {
      const folder = temporaryFolder();
      const events = await trainUntilIdle(folder, config(from), changing({ weightDecay: to }));
      const at = events.find((event) => event.type === 'changed')?.step ?? 0;
      const [other, same] = [killedAt(at, folder), killedAt(at, folder)];
      await trainUntilIdle(other, config(to));
      await trainUntilIdle(same, config(from));
      expect(checkpointHash(folder, LAST)).toBe(checkpointHash(other, LAST));
      expect(checkpointHash(folder, LAST)).not.toBe(checkpointHash(same, LAST));
    }
  });
});

describe('what a run has no place for is refused with the reason, and changes nothing', () => {
  const adam = (): RunConfig => {
    const config = configOf(before);
    const rule = { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
    return { ...config, optimizer: { ...config.optimizer, rule } };
  };
  it.each([
    ['momentum', adam, { momentum: 0.5 }, 'adam has none'],
    [
      'dropRates',
      () => configOf(before),
      { dropRates: [0.1] },
      'the network has 2 dropouts, not 1',
    ],
  ])('%s', async (where, config, change, why) => {
    const [folder, unchanged] = [temporaryFolder(), temporaryFolder()];
    const events = await trainUntilIdle(folder, config(), changing(change));
    await trainUntilIdle(unchanged, config());
    expect(events.filter((event) => event.type === 'changed')).toEqual([]);
    const warning = events.find((event) => event.type === 'warning');
    expect(warning?.what).toContain(why);
    expect(warning?.where).toBe(where);
    expect(checkpointHash(folder, LAST)).toBe(checkpointHash(unchanged, LAST));
  });
});
