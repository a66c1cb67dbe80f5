import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';
import type { Entry } from './support/injection.mjs';
import {
  expectForeignFilesUntouched,
  expectGoesOnToTheSameEnd,
  expectNothingLost,
  expectNothingToAsk,
  folderWithForeignFiles,
  isLong,
  newestSaved,
  points,
  referenceRun,
  startTrainer,
  tinyRun,
} from './support/runs.ts';
import { tried } from './support/table.ts';

const config = await tinyRun();
await referenceRun();

/** Every operation of an undisturbed run, by the command line. */
async function operations(): Promise<Entry[]> {
  const folder = folderWithForeignFiles();
  const log = join(mkdtempSync(join(tmpdir(), 'firstlayer-log-')), 'log');
  const run = startTrainer(folder, config, { plan: { folder, log } });
  await run.ended;
  return readFileSync(log, 'utf8')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Entry]))
    .filter(({ operation }) => operation !== 'acknowledged');
}

it('SIGKILL at every named point of the write path', async () => {
  const all = await operations();
  const named = new Set(
    all.map(({ operation, path }) => `${operation} ${path.replace(/\d+/, 'N')}`),
  );
  // The whole path is there to be interrupted.
  for (const point of [
    'open .firstlayer-unfinished-model.ckpt-N.data-00000-of-00001',
    'write .firstlayer-unfinished-model.ckpt-N.index',
    'sync .firstlayer-unfinished-model.ckpt-N.json',
    'rename .firstlayer-unfinished-model.ckpt-N.data-00000-of-00001',
    'rename .firstlayer-unfinished-model.ckpt-N.json',
    'rename .firstlayer-unfinished-checkpoint',
    'rename model.ckpt-N.json',
    'unlink model.ckpt-N.index',
    'write metrics.jsonl',
    'sync ',
  ])
    expect([...named]).toContain(point);
  let times = 0;
  for (const killAt of points(all.length, 8)) {
    const isWrite = all[killAt - 1]?.operation === 'write';
    for (const killWhen of isWrite ? (['middle', 'after'] as const) : (['after'] as const)) {
      const folder = folderWithForeignFiles();
      const run = startTrainer(folder, config, { plan: { folder, killAt, killWhen } });
      await run.ended;
      // How many operations there are depends by a few on the time that steps take: this run had fewer.
      if (run.child.exitCode === 0) {
        expect(killAt).toBeGreaterThan(all.length - 12);
        break;
      }
      expect(run.child.signalCode, run.errors).toBe('SIGKILL');
      await expectNothingLost(folder, newestSaved(run.events, folder));
      await expectNothingToAsk(folder);
      expectForeignFilesUntouched(folder);
      if (isLong || times % 4 === 0) await expectGoesOnToTheSameEnd(folder, config);
      expectForeignFilesUntouched(folder);
      times += 1;
    }
  }
  tried(`SIGKILL at ${named.size} kinds of points of the write path`, times);
}, 3_600_000);

it('SIGKILL at random times, mostly within a step', async () => {
  const random = xoroshiro128plus(2016);
  const times = isLong ? 200 : 6;
  for (let k = 0; k < times; k++) {
    const folder = folderWithForeignFiles();
    const run = startTrainer(folder, config);
    while (!run.events.some(({ type }) => type === 'started'))
      await once(run.child.stdout!, 'data');
    await wait(uniformInt(random, 0, 250));
    run.child.kill('SIGKILL');
    await run.ended;
    await expectNothingLost(folder, newestSaved(run.events, folder));
    expectForeignFilesUntouched(folder);
    if (k % 10 === 0) await expectGoesOnToTheSameEnd(folder, config);
  }
  tried('SIGKILL at random times', times);
}, 3_600_000);

it('SIGKILL again and again on one folder still ends with the same bits', async () => {
  const folder = temporaryFolder();
  const random = xoroshiro128plus(7);
  let times = 0;
  for (; times < (isLong ? 25 : 4); times++) {
    const run = startTrainer(folder, config);
    while (run.child.exitCode === null && !run.events.some(({ type }) => type === 'started'))
      await once(run.child.stdout!, 'data');
    await wait(uniformInt(random, 0, 60));
    run.child.kill('SIGKILL');
    await run.ended;
  }
  await expectGoesOnToTheSameEnd(folder, config);
  tried('SIGKILL again and again on one folder', times);
}, 3_600_000);
