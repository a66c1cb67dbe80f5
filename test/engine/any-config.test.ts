import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TrainerEvent } from '../../shared/trainer-protocol.ts';
import {
  checkpointHash,
  removeTemporaryFolders,
  smallDataset,
  temporaryFolder,
} from './support/folders.ts';
import { anyConfig } from './support/random-config.ts';
import { trainUntilIdle } from './support/trainer.ts';

let dataset = '';
beforeAll(async () => {
  dataset = await smallDataset(190, 30);
});
afterAll(removeTemporaryFolders);

/** Steps of the checkpoints in a folder, ascending. */
const stepsIn = (folder: string): number[] =>
  readdirSync(folder)
    .flatMap((name) => /^model\.ckpt-(\d+)\.index$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);

/** What ended a run before its time, in words; null where nothing did. */
const ended = (events: readonly TrainerEvent[]): string | null => {
  const failed = events.find((event) => event.type === 'failed');
  return failed ? `${failed.what} ${failed.where}` : null;
};

/** A folder as a run leaves it that was killed when it had saved step `at` first. */
function killedAt(at: number, folder: string): string {
  const made = temporaryFolder();
  for (const name of readdirSync(folder))
    if (name.startsWith(`model.ckpt-${at}.`)) copyFileSync(join(folder, name), join(made, name));
  return made;
}

it('whatever the configuration, a run goes on from any of its checkpoints to the same bits', async () => {
  const property = fc.asyncProperty(
    anyConfig(dataset),
    fc.double({ min: 0, max: 0.999, noNaN: true }),
    async (config, share) => {
      const folder = temporaryFolder();
      const told = ended(await trainUntilIdle(folder, config));
      const steps = stepsIn(folder);
      const last = steps.at(-1) ?? 0;
      const again = killedAt(steps[Math.floor(share * steps.length)] ?? 0, folder);
      expect(ended(await trainUntilIdle(again, config))).toBe(told);
      expect(stepsIn(again).at(-1) ?? 0).toBe(last);
      if (last > 0) expect(checkpointHash(again, last)).toBe(checkpointHash(folder, last));
    },
  );
  await fc.assert(property, { numRuns: Number(process.env.RUNS ?? 8), endOnFailure: true });
});
