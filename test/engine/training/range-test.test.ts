import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig } from '../../../shared/config.ts';
import { presets } from '../../../shared/presets.ts';
import { rateAtStep } from '../../../shared/range-test.ts';
import type { RangeTestResult } from '../../../shared/range-test-protocol.ts';
import type { TrainerCommand } from '../../../shared/trainer-commands.ts';
import type { TrainerEvent, TrainerEventOf } from '../../../shared/trainer-events.ts';
import { createService, type Service } from '../../../main/trainer/service.ts';
import { checkpointHash, smallDataset, temporaryFolder } from '../../support/folders.ts';
import { failures, trainUntilIdle } from '../../support/trainer.ts';

/** Rates are tried for real, on MNIST's own images. */

const range = { least: 1e-6, most: 10, steps: 150 };
let config: RunConfig;

beforeAll(async () => {
  const dataset = await smallDataset(2000, 300);
  const run = presets['small-and-fast']!();
  config = {
    ...run,
    optimizer: { ...run.optimizer, schedule: { type: 'constant' }, warmUpSteps: 0 },
    data: { ...run.data, dataset, batchSize: 32, validationSize: 0 },
    training: { ...run.training, epochs: 1, maxSteps: 60, precision: 'float32' },
  };
});

const command = (more: Partial<Extract<TrainerCommand, { type: 'try-rates' }>> = {}) =>
  ({ type: 'try-rates', id: 7, config, range, ...more }) as const;

/** @param when sees each event and may command something */
async function tryRates(
  asked: TrainerCommand,
  when: (event: TrainerEvent, service: Service) => void = () => undefined,
): Promise<TrainerEvent[]> {
  const events: TrainerEvent[] = [];
  const service = createService((event) => {
    events.push(event);
    setImmediate(() => {
      when(event, service);
    });
  });
  service.handle(asked);
  // What was asked meanwhile is waited for too.
  for (let idle: Promise<void> | null = null; idle !== service.idle;) {
    idle = service.idle;
    await idle;
    await new Promise((resolve) => setImmediate(resolve));
  }
  service.handle({ type: 'shutdown' });
  return events;
}

const eventsOf = <T extends TrainerEvent['type']>(events: TrainerEvent[], type: T) =>
  events.filter((event): event is TrainerEventOf<T> => event.type === type);

function resultOf(events: TrainerEvent[]): RangeTestResult {
  const [told] = eventsOf(events, 'rates-tried');
  if (!told) throw new Error(JSON.stringify(events));
  expect(told.id).toBe(7);
  return told.result;
}

/** What a folder holds, to the byte and the time. */
const contentsOf = (folder: string): unknown[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
    const stat = statSync(join(folder, name));
    const bytes = stat.isFile() ? readFileSync(join(folder, name)).toString('base64') : null;
    return [name, stat.mtimeMs, bytes];
  });

describe('on a fresh network', () => {
  let events: TrainerEvent[];
  beforeAll(async () => {
    events = await tryRates(command());
  });

  it('the rates rise by one factor, the loss leaves its range, and the test ends there', () => {
    const { tried, ended } = resultOf(events);
    expect(ended).toBe('diverged');
    expect(tried.length).toBeGreaterThan(75);
    expect(tried.length).toBeLessThan(range.steps);
    expect(tried.map(({ step }) => step)).toEqual(tried.map((_, k) => k + 1));
    expect(tried.map(({ rate }) => rate)).toEqual(tried.map((_, k) => rateAtStep(range, k + 1)));
    expect(tried.every(({ loss }) => Number.isFinite(loss))).toBe(true);
  });

  it('each step is told once, in its turn, with the time that is left', () => {
    const progress = eventsOf(events, 'rates-progress');
    expect(progress.flatMap(({ tried }) => tried)).toEqual(resultOf(events).tried);
    expect([...new Set(progress.map(({ doing }) => doing))]).toEqual([
      'reading the data',
      'building the network',
      'trying rates',
    ]);
    expect(progress.at(-1)!.secondsLeft).toBeGreaterThan(0);
  });

  it('the rate that its curve suggests does learn; a tenth of it and thirty times as much learn less', async () => {
    const { rate } = resultOf(events).suggestion;
    const testLoss = async (learningRate: number): Promise<number> => {
      const run = { ...config, optimizer: { ...config.optimizer, learningRate } };
      const trained = await trainUntilIdle(temporaryFolder(), run);
      return eventsOf(trained, 'finished')[0]?.test.loss ?? Infinity;
    };
    const suggested = await testLoss(rate!);
    // Who knows nothing has a loss of −log of a tenth.
    expect(suggested).toBeLessThan(Math.log(10) / 3);
    expect(await testLoss(rate! / 10)).toBeGreaterThan(suggested);
    expect(await testLoss(rate! * 30)).toBeGreaterThan(suggested);
  });

  it('the same test gives the same losses, bit for bit', async () => {
    const short = { least: 1e-4, most: 1e-3, steps: 50 };
    const [once, twice] = [
      await tryRates(command({ range: short })),
      await tryRates(command({ range: short })),
    ];
    expect(resultOf(twice)).toEqual(resultOf(once));
    expect(resultOf(once).ended).toBe('complete');
  });
});

describe('beside a trained network', () => {
  let folder: string;
  beforeAll(async () => {
    folder = temporaryFolder();
    expect(failures(await trainUntilIdle(folder, config))).toEqual([]);
  });

  it('it begins with a copy of the checkpoint’s weights, and the folder stays as it is', async () => {
    const before = contentsOf(folder);
    const fresh = resultOf(await tryRates(command()));
    const copied = resultOf(await tryRates(command({ weightsFrom: folder })));
    expect(copied.tried[0]!.loss).toBeLessThan(fresh.tried[0]!.loss / 3);
    expect(contentsOf(folder)).toEqual(before);
  });

  it('the service’s own network answers meanwhile, and as before afterwards', async () => {
    const image = { height: 28, width: 28, channels: 1, pixels: new Uint8Array(784).fill(90) };
    const question = { type: 'predict', image } as const;
    const events: TrainerEvent[] = [];
    const service = createService((event) => events.push(event));
    service.handle({ type: 'open', checkpointDir: folder });
    await service.idle;
    service.handle({ type: 'ask', id: 1, question });
    service.handle(command({ weightsFrom: folder }));
    while (eventsOf(events, 'rates-progress').every(({ tried }) => tried.length === 0))
      await new Promise((resolve) => setImmediate(resolve));
    service.handle({ type: 'ask', id: 2, question });
    await service.idle;
    service.handle({ type: 'ask', id: 3, question });
    service.handle({ type: 'shutdown' });
    const answers = eventsOf(events, 'answer');
    expect(answers.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(answers[1]!.answer).toEqual(answers[0]!.answer);
    expect(answers[2]!.answer).toEqual(answers[0]!.answer);
    expect(events.findIndex(({ type }) => type === 'rates-tried')).toBeGreaterThan(
      events.indexOf(answers[1]!),
    );
  });
});

describe('it ends', () => {
  it('after its step when it is stopped, with what was tried so far', async () => {
    const events = await tryRates(
      command({ range: { ...range, steps: 5000 } }),
      (event, service) => {
        if (event.type === 'rates-progress' && event.tried.length > 0)
          service.handle({ type: 'stop-trying-rates' });
      },
    );
    const { ended, tried } = resultOf(events);
    expect(ended).toBe('stopped');
    expect(tried.length).toBeGreaterThan(0);
    expect(tried.length).toBeLessThan(2000);
  });

  it('before its first step when it is stopped at once', async () => {
    const events = await tryRates(command(), (event, service) => {
      if (event.type === 'rates-progress') service.handle({ type: 'stop-trying-rates' });
    });
    expect(resultOf(events)).toMatchObject({ tried: [], ended: 'stopped' });
  });

  it('for a run that starts, which then trains as if nothing had been tried', async () => {
    const folder = temporaryFolder();
    let isStarted = false;
    const events = await tryRates(
      command({ range: { ...range, steps: 5000 } }),
      (event, service) => {
        if (isStarted || event.type !== 'rates-progress' || event.tried.length === 0) return;
        isStarted = true;
        service.handle({ type: 'start', checkpointDir: folder, config });
      },
    );
    expect(resultOf(events).ended).toBe('stopped');
    expect(eventsOf(events, 'finished')).toHaveLength(1);
    const alone = temporaryFolder();
    await trainUntilIdle(alone, config);
    expect(checkpointHash(folder, 60)).toBe(checkpointHash(alone, 60));
  });
});

describe('it is refused', () => {
  it('while a run trains, which goes on', async () => {
    let isAsked = false;
    const folder = temporaryFolder();
    const events = await tryRates(
      { type: 'start', checkpointDir: folder, config },
      (event, service) => {
        if (isAsked || event.type !== 'step') return;
        isAsked = true;
        service.handle(command());
      },
    );
    const [refused] = eventsOf(events, 'rates-refused');
    expect(refused?.what).toContain('while a run is trained');
    expect(eventsOf(events, 'finished')).toHaveLength(1);
  });

  it('where a folder has no checkpoint, and where a run of these settings could not start', async () => {
    const [noWeights] = eventsOf(
      await tryRates(command({ weightsFrom: temporaryFolder() })),
      'rates-refused',
    );
    expect(noWeights?.what).toContain('no checkpoint in the folder');
    const large = { ...config, data: { ...config.data, batchSize: 5000 } };
    const [tooLarge] = eventsOf(await tryRates(command({ config: large })), 'rates-refused');
    expect(tooLarge?.where).toBe('data.batchSize');
  });
});
