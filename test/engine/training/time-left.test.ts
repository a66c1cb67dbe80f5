import { beforeAll, expect, it } from 'vitest';
import type { RunConfig } from '../../../shared/config.ts';
import type { ProgressEvent, TrainerEvent } from '../../../shared/trainer-events.ts';
import { runShare } from '../../../shared/run-share.ts';
import { smallDataset, temporaryFolder } from '../../support/folders.ts';
import { failures, smallRun, trainUntilIdle } from '../../support/trainer.ts';

/** Few to train on, many to evaluate, with the seed network: each evaluation takes some tenths of a second, on any machine. */
let config: RunConfig;
beforeAll(async () => {
  const dataset = await smallDataset(4_400, 3_000);
  const run = smallRun(dataset, 'float32');
  config = {
    ...run,
    data: { ...run.data, validationSize: 4_000 },
    training: { ...run.training, epochs: 2 },
  };
});

const shortRun = (): RunConfig => ({
  ...config,
  training: { ...config.training, epochs: 1 },
});

const isProgress = (event: TrainerEvent): event is ProgressEvent =>
  event.type === 'progress' && event.phase === 'evaluating';
const of = (events: readonly TrainerEvent[], detail: string, epoch: number): ProgressEvent[] =>
  events.filter(isProgress).filter((event) => event.detail === detail && event.epoch === epoch);

it('time left goes down through each validation and the test, and is told while they go on', async () => {
  const at: number[] = [];
  const events = await trainUntilIdle(temporaryFolder(), config, () => {
    at.push(performance.now());
    return null;
  });
  expect(failures(events)).toEqual([]);
  const [first, second, test] = [
    of(events, 'validation', 1),
    of(events, 'validation', 2),
    of(events, 'test', 2),
  ];
  for (const [part, total] of [
    [first, 4_000],
    [second, 4_000],
    [test, 3_000],
  ] as const) {
    expect(part.length).toBeGreaterThan(1);
    expect(part.every((event) => event.total === total)).toBe(true);
    const done = part.map((event) => event.done);
    expect(done).toEqual([...new Set(done)].toSorted((a, b) => a - b));
    const left = part.map(({ secondsLeft }) => secondsLeft!);
    // What is left is evaluation, most of all: it goes down as that does.
    expect(left.at(-1)!).toBeLessThan(left[0]!);
  }
  // The last step tells of the validation and the test that are to come.
  const lastStep = events.findLast((event) => event.type === 'pace')!;
  expect(lastStep.step).toBe(14);
  expect(lastStep.secondsLeft!).toBeGreaterThan(0);
  // Ten a second at most, in each part.
  const times = events.flatMap((event, k) => (isProgress(event) ? [[event, at[k]!] as const] : []));
  for (const [[before, then], [next, now]] of times.slice(1).map((x, k) => [times[k]!, x] as const))
    if (before.detail === next.detail && before.epoch === next.epoch)
      expect(now - then).toBeGreaterThan(90);
  const started = events.find((event) => event.type === 'started')!;
  const shares = events.flatMap((event) =>
    event.type === 'pace' || event.type === 'progress' ? [runShare(started, event)] : [],
  );
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
});

it('a pause within a validation stands still where it is, and the rest is told after it', async () => {
  let paused = 0;
  const events = await trainUntilIdle(temporaryFolder(), shortRun(), (event) => {
    if (event.type === 'phase' && event.phase === 'paused') return { type: 'resume' };
    if (!isProgress(event) || event.detail !== 'validation' || paused > 0) return null;
    paused = event.done;
    return { type: 'pause' };
  });
  expect(failures(events)).toEqual([]);
  const pause = events.findIndex((event) => event.type === 'phase' && event.phase === 'paused');
  expect(pause).toBeGreaterThan(0);
  const before = events.slice(0, pause).findLast(isProgress)!;
  const after = events.slice(pause).find(isProgress)!;
  expect([before.epoch, after.epoch]).toEqual([1, 1]);
  expect(after.done).toBeGreaterThan(before.done);
  expect(events.at(-2)).toMatchObject({ type: 'finished' });
});

it('a run that goes on before a validation tells time left from that', async () => {
  const folder = temporaryFolder();
  const short = shortRun();
  const stopped = await trainUntilIdle(folder, short, (event) =>
    isProgress(event) ? { type: 'stop' } : null,
  );
  expect(stopped.findLast((event) => event.type === 'stopped')).toMatchObject({
    step: 7,
    epoch: 0,
  });
  const resumed = await trainUntilIdle(folder, short);
  const events = resumed.filter((event) => event.type === 'pace' || isProgress(event));
  expect(events[0]).toMatchObject({ detail: 'validation', epoch: 1 });
  expect(events[0]!.secondsLeft).toBeGreaterThan(0);
  expect(events.at(-1)).toMatchObject({ detail: 'test' });
});

it('without validation, and with a limit of steps, tells of what is there', async () => {
  const { data, training } = config;
  const events = await trainUntilIdle(temporaryFolder(), {
    ...config,
    data: { ...data, validationSize: 0 },
    training: { ...training, maxSteps: 3 },
  });
  expect(failures(events)).toEqual([]);
  const details = new Set(events.filter(isProgress).map(({ detail }) => detail));
  expect([...details]).toEqual(['test']);
  const lastStep = events.findLast((event) => event.type === 'pace')!;
  // Only the test is left, of which nothing has been measured yet.
  expect(lastStep.secondsLeft!).toBeGreaterThan(0);
});
