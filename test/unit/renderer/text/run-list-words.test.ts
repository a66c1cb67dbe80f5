import { expect, it } from 'vitest';
import {
  bestSmoothedLoss,
  differingSettings,
  sortRuns,
  titleOf,
  type UsedRun,
} from '../../../../renderer/text/run-list-words.ts';
import { whenWords } from '../../../../renderer/text/when-words.ts';
import type { RunConfig } from '../../../../shared/config.ts';
import { seedRun } from '../../../../shared/presets.ts';

const withRate = (learningRate: number): RunConfig => {
  const run = seedRun();
  return { ...run, optimizer: { ...run.optimizer, learningRate } };
};
const used = (
  path: string,
  config: RunConfig | null,
  bestAccuracy: number | null,
  losses: number[],
): UsedRun => ({
  path,
  failure: null,
  run: {
    ...{ config, checkpoints: 1, branches: 1, step: 1, epoch: 1, bestAccuracy, bestLoss: null },
    ...{ lastAccuracy: null, changedAt: losses.length, trainingSeconds: 1 },
    curve: losses.map((loss, k) => ({ step: k + 1, loss })),
  },
});

it('only settings in which the listed runs differ are told, of each run', () => {
  expect(differingSettings([withRate(0.1), null, withRate(0.2)])).toEqual([
    'Learning rate 0.1',
    '',
    'Learning rate 0.2',
  ]);
  expect(differingSettings([seedRun(), seedRun()])).toEqual(['', '']);
});

it('runs are sorted by what was measured, and those without it come last', () => {
  const unknown: UsedRun = { path: '/z', run: null, failure: null };
  const runs = [
    unknown,
    used('/a', seedRun(), 0.9, [1, 1, 1]),
    used('/b', null, null, [5]),
    used('/c', seedRun(), 0.95, [2, 2]),
  ];
  const paths = (order: Parameters<typeof sortRuns>[1]): string =>
    sortRuns(runs, order)
      .map(({ path }) => path.slice(1))
      .join('');
  expect(paths('best').slice(0, 2)).toBe('ca');
  expect(paths('loss')).toBe('acbz');
  expect(paths('newest')).toBe('acbz');
  expect(titleOf(unknown)).toBe('z');
});

it('one lucky batch is not the best smoothed loss', () => {
  const curve = Array.from({ length: 60 }, (_, k) => ({ step: k + 1, loss: k === 30 ? 0 : 1 }));
  expect(bestSmoothedLoss({ curve })).toBeGreaterThan(0.7);
  expect(bestSmoothedLoss({ curve: [] })).toBeNull();
});

it('says when something was as a person does', () => {
  const now = new Date(2026, 4, 3, 15, 2).getTime();
  expect(whenWords(now, now)).toBe('today at 15:02');
  expect(whenWords(new Date(2026, 4, 2, 9, 5).getTime(), now)).toBe('yesterday at 09:05');
  expect(whenWords(new Date(2026, 1, 2).getTime(), now)).toBe('2 Feb');
  expect(whenWords(new Date(2025, 1, 2).getTime(), now)).toBe('2 Feb 2025');
});
