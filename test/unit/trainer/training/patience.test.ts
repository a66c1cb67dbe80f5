import { describe, expect, it } from 'vitest';
import { seedRun } from '../../../../shared/presets.ts';
import { newWatch } from '../../../../main/trainer/checkpoint/watch-record.ts';
import { judge, type Judgement } from '../../../../main/trainer/training/patience.ts';

/** Patience, plateaus and the best, over the losses of epochs. */

const LOSSES = [0.5, 0.45, 0.44, 0.41, 0.42, 0.4, 0.43];

function judged(
  early: { patience: number; minimumGain: number } | null,
  plateau: { patience: number; minimumGain: number; factor: number } | null,
): Judgement[] {
  const run = seedRun();
  const config = {
    ...run,
    optimizer: { ...run.optimizer, reduceOnPlateau: plateau },
    training: { ...run.training, earlyStopping: early },
  };
  let watch = newWatch();
  return LOSSES.map((loss, k) => {
    const judgement = judge(
      watch,
      config,
      { step: 10 * (k + 1), epoch: k + 1 },
      { loss, accuracy: 0 },
    );
    ({ watch } = judgement);
    return judgement;
  });
}
const epochsThat = (all: Judgement[], what: 'rateLowered' | 'stopEarly'): number[] =>
  all.flatMap((judgement, k) => (judgement[what] ? [k + 1] : []));

describe('after each epoch', () => {
  it('the best is the lowest loss, by however little', () => {
    const bests = judged({ patience: 9, minimumGain: 0.2 }, null).map(
      ({ watch }) => watch.best?.epoch,
    );
    expect(bests).toEqual([1, 2, 3, 4, 4, 6, 6]);
  });

  it('early stopping waits for its own gain', () => {
    expect(epochsThat(judged({ patience: 2, minimumGain: 0 }, null), 'stopEarly')).toEqual([]);
    // 0.45 and 0.44 are no 0.07 below 0.5; 0.41 is; nothing after it is that far below.
    expect(epochsThat(judged({ patience: 2, minimumGain: 0.07 }, null), 'stopEarly')).toEqual([
      3, 6, 7,
    ]);
  });

  it('the rate waits for its own', () => {
    const all = judged(
      { patience: 9, minimumGain: 1 },
      { patience: 2, minimumGain: 0.07, factor: 0.5 },
    );
    expect(epochsThat(all, 'rateLowered')).toEqual([3, 6]);
    expect(all.at(-1)?.watch.rateFactor).toBe(0.25);
    expect(
      epochsThat(judged(null, { patience: 1, minimumGain: 0, factor: 0.5 }), 'rateLowered'),
    ).toEqual([5, 7]);
  });
});
