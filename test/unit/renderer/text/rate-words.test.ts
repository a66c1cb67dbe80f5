import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../../../../shared/config.ts';
import { formatRate } from '../../../../shared/format.ts';
import { seedRun } from '../../../../shared/presets.ts';
import { rateCurve } from '../../../../shared/rate-curve.ts';
import { describeRateCurve } from '../../../../renderer/text/rate-words.ts';

function sentence(changed: Partial<RunConfig['optimizer']>, epochs = 3): string {
  const run = seedRun();
  const config: RunConfig = {
    ...run,
    optimizer: { ...run.optimizer, learningRate: 0.002, warmUpSteps: 0, ...changed },
    training: { ...run.training, epochs, maxSteps: null },
  };
  return describeRateCurve(config, rateCurve(config, 430));
}

describe('one sentence says what the rate does', () => {
  it.each<[string, Partial<RunConfig['optimizer']>]>([
    ['Stays at 0.002 for all 1,290 steps.', { schedule: { type: 'constant' } }],
    [
      'Rises from 4e-6 to 0.002 at step 500, then stays there until step 1,290.',
      { schedule: { type: 'constant' }, warmUpSteps: 500 },
    ],
    [
      'Rises from 0.00008 to 0.002 at step 388, then falls to 8e-9 at step 1,290.',
      { schedule: { type: 'one-cycle', peakAt: 0.3 } },
    ],
    [
      'Falls from 0.002 along half a cosine to 0 at step 1,290.',
      { schedule: { type: 'cosine', floor: 0 } },
    ],
    [
      'Rises from 0.00002 to 0.00197 at step 100, then falls along half a cosine to 0 at step 1,290.',
      { schedule: { type: 'cosine', floor: 0 }, warmUpSteps: 100 },
    ],
    [
      'Falls from 0.002 by a factor of 0.5 every epoch, to 0.0005 at step 1,290.',
      { schedule: { type: 'step', everyEpochs: 1, factor: 0.5 } },
    ],
    [
      'Stays at 0.002 for all 1,290 steps.',
      { schedule: { type: 'step', everyEpochs: 3, factor: 0.5 } },
    ],
    [
      'Falls from 0.002 by a factor of 0.9 an epoch, to 0.00146 at step 1,290.',
      { schedule: { type: 'exponential', factorPerEpoch: 0.9 } },
    ],
    [
      'Stays at 0.002 for all 1,290 steps. Each time validation stands still it is multiplied by 0.2 besides.',
      {
        schedule: { type: 'constant' },
        reduceOnPlateau: { patience: 3, minimumGain: 0, factor: 0.2 },
      },
    ],
  ])('%s', (expected, changed) => {
    expect(sentence({ reduceOnPlateau: null, ...changed })).toBe(expected);
  });
});

it('a rate has three digits at most and no more noughts than can be counted', () => {
  expect([0, 0.001, 0.03251, 1, 0.00001, 4e-9, 0.0000098765, 10].map(formatRate)).toEqual([
    '0',
    '0.001',
    '0.0325',
    '1',
    '0.00001',
    '4e-9',
    '9.88e-6',
    '10',
  ]);
});
