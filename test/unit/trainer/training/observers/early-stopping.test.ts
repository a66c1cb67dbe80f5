import { describe, expect, it } from 'vitest';
import type { Patience } from '../../../../../main/trainer/checkpoint/patience-record.ts';
import { EarlyStopping } from '../../../../../main/trainer/training/observers/early-stopping.ts';
import { fakeTraining, LOSSES, observeEpochs, type FakeTraining } from './fake-training.ts';

/** @returns the training, and its patience after each epoch */
function afterEpochs(patience: number, minimumGain: number): [FakeTraining, Patience[]] {
  const training = fakeTraining({}, { earlyStopping: { patience, minimumGain } });
  return [training, observeEpochs(training, new EarlyStopping(training), LOSSES)];
}

const epochsStopped = ({ recorded }: FakeTraining): unknown[] =>
  recorded.map((event) => event.type === 'stopped-early' && event.epoch);

describe('early stopping', () => {
  it('keeps the best, which is the lowest loss, by however little', () => {
    const [, after] = afterEpochs(9, 0.2);
    expect(after.map(({ best }) => best?.epoch)).toEqual([1, 2, 3, 4, 4, 6, 6]);
    expect(after.at(-1)?.best).toEqual({ epoch: 6, step: 60, loss: 0.4 });
  });

  it('waits for its own gain', () => {
    expect(epochsStopped(afterEpochs(2, 0)[0])).toEqual([]);
    // 0.45 and 0.44 are no 0.07 below 0.5; 0.41 is; nothing after it is that far below.
    const [training] = afterEpochs(2, 0.07);
    expect(epochsStopped(training)).toEqual([3, 6, 7]);
    const best = { epoch: 3, step: 30, loss: 0.44 };
    expect(training.recorded[0]).toEqual({ type: 'stopped-early', epoch: 3, step: 30, best });
  });

  it('stops nothing where it is switched off, and still keeps the best', () => {
    const training = fakeTraining({}, { earlyStopping: null });
    observeEpochs(training, new EarlyStopping(training), [0.5, 0.6, 0.7, 0.8]);
    expect(training.recorded).toEqual([]);
    expect(training.run.patience.best).toEqual({ epoch: 1, step: 10, loss: 0.5 });
  });
});
