import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { RunConfig } from '../../shared/config.ts';
import { temporaryFolder } from '../support/folders.ts';
import { failures, trainUntilIdle } from '../support/trainer.ts';
import { inject } from './support/injection.mjs';
import {
  expectForeignFilesUntouched,
  expectGoesOnToTheSameEnd,
  expectNothingLost,
  folderWithForeignFiles,
  isLong,
  newestSaved,
  points,
  referenceRun,
  tinyRun,
} from './support/runs.ts';
import { tried } from './support/table.ts';

let config: RunConfig;
let count = 0;
beforeAll(async () => {
  // What cannot be saved at the end is rescued into the home folder.
  vi.stubEnv('HOME', temporaryFolder());
  config = await tinyRun();
  await referenceRun();
  const folder = folderWithForeignFiles();
  const injected = inject({ folder });
  await trainUntilIdle(folder, config);
  ({ count } = injected.end());
});

describe.each(['ENOSPC', 'EIO', 'EACCES', 'EROFS'])('%s', (code) => {
  it.each([
    ['once', false],
    ['for good', true],
  ])(
    'at the Nth operation, %s',
    async (_, failForGood) => {
      let times = 0;
      for (const failAt of points(count, 10)) {
        const folder = folderWithForeignFiles();
        const injected = inject({ folder, failAt, failForGood, code });
        const events = await trainUntilIdle(folder, config);
        const { failed } = injected.end();
        // How many operations there are depends by a few on the time that steps take: this run had fewer.
        if (failed.length === 0) {
          expect(failAt).toBeGreaterThan(count - 12);
          expect(failures(events)).toEqual([]);
          break;
        }
        // It is said, with its cause and its place; unless what failed was only looking, and another look did.
        const said = failures(events);
        expect(said, failed[0]).not.toEqual([]);
        expect(JSON.stringify(said)).toContain(code);
        expect(JSON.stringify(said)).toContain(folder);
        expectForeignFilesUntouched(folder);
        await expectNothingLost(folder, newestSaved(events, folder));
        if (isLong ? failAt % 5 === 0 : times % 5 === 0)
          await expectGoesOnToTheSameEnd(folder, config);
        times += 1;
      }
      tried(`${code} at the Nth operation, ${failForGood ? 'for good' : 'once'}`, times);
    },
    3_600_000,
  );
});
