import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstBranch } from '../../shared/branch.ts';
import { METRICS, readHistory } from '../../main/trainer/checkpoint/history.ts';
import { newestCheckpoint } from '../../main/trainer/checkpoint/reading.ts';
import { temporaryFolder } from '../support/folders.ts';
import { failures, trainUntilIdle } from '../support/trainer.ts';
import {
  expectAsked,
  expectGoesOnToTheSameEnd,
  expectNothingLost,
  hashOf,
  isLong,
  newestSaved,
  referenceRun,
  startTrainer,
  tinyRun,
} from './support/runs.ts';
import { tried } from './support/table.ts';

const config = await tinyRun();
await referenceRun();

describe('two processes on one folder', () => {
  const long = () => ({ ...config, training: { ...config.training, epochs: 5000 } });

  it('one writes, the other is told which process it is; a lock ends with its process, however that ends', async () => {
    const folder = temporaryFolder();
    const times = isLong ? 10 : 2;
    for (let k = 0; k < times; k++) {
      const first = startTrainer(folder, long());
      while (!first.events.some(({ type }) => type === 'saved'))
        await once(first.child.stdout!, 'data');
      const second = startTrainer(folder, long());
      await second.ended;
      expect(second.child.exitCode).toBe(1);
      expect(second.errors).toContain(`process ${first.child.pid ?? 0}`);
      first.child.kill(k % 2 === 0 ? 'SIGKILL' : 'SIGTERM');
      await first.ended;
    }
    const third = await trainUntilIdle(folder, {
      ...long(),
      training: { ...long().training, maxSteps: 1 },
    });
    expect(failures(third)).toEqual([]);
    tried('two processes on one folder', times);
  });

  it('started at the same moment: exactly one writes', async () => {
    const times = isLong ? 10 : 2;
    for (let k = 0; k < times; k++) {
      const folder = temporaryFolder();
      const both = [startTrainer(folder, config), startTrainer(folder, config)];
      await Promise.all(both.map(({ ended }) => ended));
      const codes = both.map(({ child }) => child.exitCode).sort();
      // The later one may have begun after the first had ended, and had nothing left to do.
      expect([
        [0, 1],
        [0, 0],
      ]).toContainEqual(codes);
      await expectNothingLost(folder, 21);
    }
    tried('two processes started at once', times);
  });

  it('a lock is no file and no process id: none can be stale, none mistaken for another’s', async () => {
    const folder = temporaryFolder();
    const first = startTrainer(folder, long());
    while (!first.events.some(({ type }) => type === 'saved'))
      await once(first.child.stdout!, 'data');
    expect(readdirSync(folder).filter((name) => /lock|pid/i.test(name))).toEqual([]);
    // Stopped, it holds the lock although it cannot answer.
    first.child.kill('SIGSTOP');
    const second = startTrainer(folder, long());
    await second.ended;
    expect(second.errors).toContain('Another Firstlayer');
    first.child.kill('SIGKILL');
    await first.ended;
    const { dev, ino } = fstatSync(openSync(folder, 'r'), { bigint: true });
    const socket = connect(`\0firstlayer-${dev}-${ino}`);
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
    tried('a lock of a process that was stopped, then killed', 1);
  });
});

it('a clock a day back or forward: order is by step', async () => {
  const DAY = 86_400_000;
  const offsets = [DAY, -DAY, 0, -365 * DAY];
  const folder = temporaryFolder();
  for (const [k, clockOffset] of offsets.entries()) {
    const some = { ...config, training: { ...config.training, maxSteps: 4 * (k + 1) } };
    const run = startTrainer(folder, some, { plan: { folder, clockOffset } });
    await run.ended;
    expect(failures(run.events), run.errors).toEqual([]);
    expect(newestSaved(run.events, folder)).toBe(4 * (k + 1));
    // Its files have the times of that clock's hours at most; the newest is the newest step.
    spawnSync('touch', [
      '-d',
      `${clockOffset / 1000} seconds`,
      join(folder, `model.ckpt-${4 * (k + 1)}.json`),
    ]);
    expect((await newestCheckpoint(folder)).checkpoint?.id.step).toBe(4 * (k + 1));
  }
  tried('a clock set back and forward', offsets.length);
});

describe('a folder with a hostile name', () => {
  const names = [
    'größer',
    '🧠 réseau 🧠',
    'رقم ‏١٢٣',
    'x'.repeat(255),
    '-rf',
    '--help',
    'two\nlines',
    '%s%n%d',
    'checkpoint',
    'a b\tc',
    'quote\'"`$(echo)',
    'star*[a-z]?{b}',
    'back\\slash',
    ' ',
    'C:',
    'model.ckpt-7',
  ];

  it.each(names.map((name) => [name.slice(0, 40), name]))('%j', async (_, name) => {
    const folder = join(temporaryFolder(), name);
    await trainUntilIdle(folder, { ...config, training: { ...config.training, epochs: 1 } });
    await expectNothingLost(folder, 7);
    await expectGoesOnToTheSameEnd(folder, config);
    expect(readdirSync(join(folder, 'tensorboard', 'train'))).not.toEqual([]);
    tried(`a folder called ${JSON.stringify(name.slice(0, 20))}`, 1);
  });

  it('given to the command line is taken as it is', async () => {
    const parent = temporaryFolder();
    for (const name of isLong ? names : ['-rf', 'two\nlines', '%s%n%d']) {
      const run = startTrainer(name, config, { cwd: parent });
      await run.ended;
      expect(run.child.exitCode, run.errors).toBe(0);
      const path = join(parent, name, 'model.ckpt-21.data-00000-of-00001');
      expect(hashOf(path)).toBe((await referenceRun()).get(21));
    }
    tried('hostile names on the command line', isLong ? names.length : 3);
  });
});

it('a million lines of metrics are read in bounded memory, and a torn last one is dropped, and said', async () => {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  const path = join(folder, METRICS);
  const file = openSync(path, 'w');
  writeSync(file, `${JSON.stringify({ type: 'resumed', branch: 1, step: 0 })}\n`);
  const COUNT = 1_000_000;
  const rest =
    '"loss":2.3025882244110107,"accuracy":0.1171875,"learningRate":0.001,"examplesPerSecond":7206.113,"secondsLeft":77.2';
  for (let from = 1; from <= COUNT; from += 10_000)
    writeSync(
      file,
      Array.from(
        { length: 10_000 },
        (_, k) => `{"type":"step","epoch":1,"step":${from + k},${rest}}\n`,
      ).join(''),
    );
  writeSync(file, '{"type":"step","epoch":1,"st');
  closeSync(file);
  const before = process.memoryUsage().rss;
  const since = performance.now();
  const { history, problems } = await readHistory(folder, firstBranch, COUNT);
  const seconds = (performance.now() - since) / 1000;
  const megabytes = (process.memoryUsage().rss - before) / 1e6;
  console.log(
    `A million lines (${(fstatSync(openSync(path, 'r')).size / 1e6).toFixed(0)} MB): ${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB of memory.`,
  );
  expect(history.steps.at(-1)?.step).toBe(COUNT);
  // 4,096, and 2,048 for each doubling after that.
  expect(history.steps.length).toBeLessThan(20_500);
  expect(problems[0]?.what).toContain('cut off');
  // Far below the file's own size.
  expect(megabytes).toBeLessThan(120);
  const size = readFileSync(path).length;
  // Curves without anything that says whose they are.
  await expectAsked(folder, config, METRICS);
  await expectGoesOnToTheSameEnd(folder, config, { takeOver: true });
  // It is only ever added to.
  expect(readFileSync(path).length).toBeGreaterThan(size);
  tried('a million lines of metrics, the last one torn', 1);
});
