import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TrainerEvent } from '../../../shared/trainer-events.ts';
import {
  checkpointHash,
  checkpointSteps,
  killedAt,
  smallDataset,
  temporaryFolder,
} from '../../support/folders.ts';
import { anyConfig } from '../../support/random-config.ts';
import { trainUntilIdle } from '../../support/trainer.ts';

const dataset = await smallDataset(190, 30);

/** What ended a run before its time, in words; null where nothing did. */
const ended = (events: readonly TrainerEvent[]): string | null => {
  const failed = events.find((event) => event.type === 'failed');
  return failed ? `${failed.what} ${failed.where}` : null;
};

it('whatever the configuration, a run goes on from any of its checkpoints to the same bits', async () => {
  const property = fc.asyncProperty(
    anyConfig(dataset),
    fc.double({ min: 0, max: 0.999, noNaN: true }),
    async (config, share) => {
      const folder = temporaryFolder();
      const told = ended(await trainUntilIdle(folder, config));
      const steps = checkpointSteps(folder);
      const last = steps.at(-1) ?? 0;
      const again = killedAt(steps[Math.floor(share * steps.length)] ?? 0, folder);
      expect(ended(await trainUntilIdle(again, config))).toBe(told);
      expect(checkpointSteps(again).at(-1) ?? 0).toBe(last);
      if (last > 0) expect(checkpointHash(again, last)).toBe(checkpointHash(folder, last));
    },
  );
  await fc.assert(property, { numRuns: Number(process.env.RUNS ?? 8), endOnFailure: true });
});
