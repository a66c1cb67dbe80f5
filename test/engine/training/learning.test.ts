import { beforeAll, describe, expect, it } from 'vitest';
import { presets, seedRun } from '../../../shared/presets.ts';
import type { Precision, RunConfig } from '../../../shared/config.ts';
import { fastPrecisions } from '../../support/fast-precisions.ts';
import { smallDataset, temporaryFolder } from '../../support/folders.ts';
import { trainUntilIdle } from '../../support/trainer.ts';

/** Real MNIST is learned. The bounds lie below what was seen over several seeds, and far above what a broken engine reaches. */

async function testAccuracy(config: RunConfig): Promise<number> {
  const events = await trainUntilIdle(temporaryFolder(), config);
  const finished = events.find((event) => event.type === 'finished');
  if (!finished) throw new Error(JSON.stringify(events.at(-2)));
  return finished.test.accuracy;
}

const oneEpoch = (run: RunConfig, precision: Precision): RunConfig => ({
  ...run,
  training: { ...run.training, epochs: 1, precision },
});

const fromZero = (run: RunConfig): RunConfig => ({
  ...run,
  optimizer: {
    ...run.optimizer,
    rule: { type: 'rmsprop', decay: 0.9, momentum: 0, epsilon: 1e-10, meanSquareStart: 0 },
  },
});

describe('one epoch', () => {
  it.each(fastPrecisions)(
    'of the seed network, mean square from zero, in %s: 0.96',
    async (precision) => {
      expect(await testAccuracy(oneEpoch(fromZero(seedRun()), precision))).toBeGreaterThan(0.96);
    },
  );

  it.each(fastPrecisions.slice(0, 1))(
    'of the seed network just as the original started, in %s: 0.95',
    async (precision) => {
      expect(await testAccuracy(oneEpoch(seedRun(), precision))).toBeGreaterThan(0.95);
    },
  );

  it('of the small network: 0.985', async () => {
    const small = presets['small-and-fast'];
    if (!small) throw new Error('no such preset');
    expect(await testAccuracy(oneEpoch(small(), 'float32'))).toBeGreaterThan(0.985);
  });
});

const others = Object.entries(presets).filter(
  ([name]) => name !== 'seed-network' && name !== 'small-and-fast',
);

describe('ninety steps', () => {
  let dataset = '';
  beforeAll(async () => {
    dataset = await smallDataset(90 * 50, 500);
  });

  describe.each(others)('of %s', (_, preset) => {
    it.each(fastPrecisions)('in %s: half the loss', async (precision) => {
      const run = oneEpoch(preset(), precision);
      const data = { ...run.data, dataset, batchSize: 50, validationSize: 0 };
      const events = await trainUntilIdle(temporaryFolder(), { ...run, data });
      const first = events.find((event) => event.type === 'step');
      const last = events.find((event) => event.type === 'finished');
      expect(first?.step).toBe(1);
      expect(last?.step).toBe(90);
      // Who knows nothing has a loss of −log of a tenth, or more.
      expect(first?.loss).toBeGreaterThan(2);
      expect(last?.test.loss).toBeLessThan(Math.log(10) / 2);
    });
  });
});
