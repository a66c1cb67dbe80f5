import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';
import { failures, trainUntilIdle } from '../support/trainer.ts';
import { acknowledge, inject, type Entry } from './support/injection.mjs';
import { LosingDisk } from './support/power-loss.ts';
import {
  expectGoesOnToTheSameEnd,
  expectNothingLost,
  expectNothingToAsk,
  isLong,
  referenceRun,
  tinyRun,
} from './support/runs.ts';
import { tried } from './support/table.ts';

it('after a power failure at any operation, with any of what was not synced gone, nothing acknowledged is lost', async () => {
  await referenceRun();
  const config = await tinyRun();
  const folder = temporaryFolder();
  const log = join(temporaryFolder(), 'log');
  const injected = inject({ folder, log });
  const events = await trainUntilIdle(folder, config, (event) => {
    if (event.type === 'saved') acknowledge(event.step);
    return null;
  });
  injected.end();
  const entries = readFileSync(log, 'utf8')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Entry]));
  expect(failures(events)).toEqual([]);
  expect(entries.filter(({ operation }) => operation === 'acknowledged')).toHaveLength(9);

  const disk = new LosingDisk();
  const bits = xoroshiro128plus(1);
  const random = () => uniformFloat64(bits);
  const scratch = temporaryFolder();
  let acknowledged: number | null = null;
  let found = 0;
  let times = 0;
  for (const entry of entries) {
    disk.apply(entry);
    acknowledged = entry.step ?? acknowledged;
    for (let k = 0; k < (isLong ? 40 : 2); k++) {
      const after = join(scratch, String(times++));
      disk.afterPowerLoss(after, random);
      found += (await expectNothingLost(after, acknowledged)) === null ? 0 : 1;
      await expectNothingToAsk(after);
      if (times % (isLong ? 200 : 300) === 0) await expectGoesOnToTheSameEnd(after, config);
      rmSync(after, { recursive: true });
    }
  }
  expect(found).toBeGreaterThan(times / 2);
  tried(`power failure after each of ${entries.length} operations`, times);
}, 3_600_000);
