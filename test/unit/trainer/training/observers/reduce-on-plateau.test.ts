import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../../../../../shared/config.ts';
import { ReduceOnPlateau } from '../../../../../main/trainer/training/observers/reduce-on-plateau.ts';
import { fakeTraining, LOSSES, observeEpochs, type FakeTraining } from './fake-training.ts';

function afterEpochs(reduceOnPlateau: RunConfig['optimizer']['reduceOnPlateau']): FakeTraining {
  const training = fakeTraining({ reduceOnPlateau }, {});
  observeEpochs(training, new ReduceOnPlateau(training), LOSSES);
  return training;
}

const epochsLowered = ({ recorded }: FakeTraining): unknown[] =>
  recorded.map((event) => event.type === 'rate-lowered' && event.epoch);

describe('the rate on a plateau', () => {
  it('is lowered once patience is at its end, which then begins anew', () => {
    const training = afterEpochs({ patience: 2, minimumGain: 0.07, factor: 0.5 });
    expect(epochsLowered(training)).toEqual([3, 6]);
    expect(training.run.patience.rateFactor).toBe(0.25);
    expect(epochsLowered(afterEpochs({ patience: 1, minimumGain: 0, factor: 0.5 }))).toEqual([
      5, 7,
    ]);
  });

  it('is recorded as it is from then on', () => {
    const { recorded } = afterEpochs({ patience: 2, minimumGain: 0.07, factor: 0.5 });
    expect(recorded).toEqual([
      { type: 'rate-lowered', epoch: 3, step: 30, learningRate: 0.5, rateFactor: 0.5 },
      { type: 'rate-lowered', epoch: 6, step: 60, learningRate: 0.25, rateFactor: 0.25 },
    ]);
  });

  it('stays where that is switched off', () => {
    const training = afterEpochs(null);
    expect(training.recorded).toEqual([]);
    expect(training.run.patience.rateFactor).toBe(1);
  });
});
