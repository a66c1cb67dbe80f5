import { beforeAll, expect, it } from 'vitest';
import { experiments } from '../../../shared/experiments.ts';
import { seenIn } from '../../../shared/experiment-words.ts';
import type { TrainerEvent, TrainerEventOf } from '../../../shared/trainer-events.ts';
import { createService, type Service } from '../../../main/trainer/service.ts';
import { smallDataset, temporaryFolder } from '../../support/folders.ts';
import { seedRun } from '../../../shared/presets.ts';

/** An experiment for real: two networks on MNIST. */

const command = { type: 'experiment', id: 3, experiment: 'start-small' } as const;

const eventsOf = <T extends TrainerEvent['type']>(events: TrainerEvent[], type: T) =>
  events.filter((event): event is TrainerEventOf<T> => event.type === type);

/** @param when sees each event and may command something */
async function told(
  first: Parameters<Service['handle']>[0],
  when: (event: TrainerEvent, service: Service) => void = () => undefined,
): Promise<TrainerEvent[]> {
  const events: TrainerEvent[] = [];
  const service = createService((event) => {
    events.push(event);
    setImmediate(() => {
      when(event, service);
    });
  });
  service.handle(first);
  for (let idle: Promise<void> | null = null; idle !== service.idle;) {
    idle = service.idle;
    await idle;
    await new Promise((resolve) => setImmediate(resolve));
  }
  service.handle({ type: 'shutdown' });
  return events;
}

let events: TrainerEvent[];
beforeAll(async () => {
  events = await told(command);
});

it('trains both networks for all steps, tells each step once, and says what was seen', () => {
  const [done] = eventsOf(events, 'experiment-done');
  const { result, id } = done!;
  expect(id).toBe(3);
  expect(result.ended).toBe('complete');
  const progress = eventsOf(events, 'experiment-progress');
  for (const side of [0, 1] as const) {
    const { points, gradientLayers, validation, hasDiverged } = result.sides[side];
    expect(points.map(({ step }) => step)).toEqual(
      Array.from({ length: experiments['start-small'].steps }, (_, k) => k + 1),
    );
    expect(progress.flatMap((each) => each.points[side])).toEqual(points);
    expect(gradientLayers).toEqual([0, 1, 2, 4, 5]);
    expect(points.every(({ gradientNorms }) => gradientNorms.length === 5)).toBe(true);
    expect([validation?.examples, hasDiverged]).toEqual([1000, false]);
  }
  const [he, small] = result.sides;
  expect(he.validation!.accuracy).toBeGreaterThan(0.9);
  expect(small.validation!.accuracy).toBeLessThan(0.3);
  expect(he.points[0]!.gradientNorms[0]! / small.points[0]!.gradientNorms[0]!).toBeGreaterThan(
    1000,
  );
  expect(seenIn(result).isUsual).toBe(true);
});

it('stopped, it answers the same first steps and concludes nothing; meanwhile another is refused', async () => {
  let hasAsked = false;
  const stopped = await told(command, (event, service) => {
    if (hasAsked || event.type !== 'experiment-progress' || event.points[0].length === 0) return;
    hasAsked = true;
    service.handle({ ...command, id: 4 });
    service.handle({ type: 'stop-experiment' });
  });
  const [refused] = eventsOf(stopped, 'experiment-refused');
  expect(refused).toMatchObject({ id: 4, remedy: expect.stringContaining('stop it') as string });
  const { result } = eventsOf(stopped, 'experiment-done')[0]!;
  const [first] = result.sides;
  expect(result.ended).toBe('stopped');
  expect(first.points.length).toBeLessThan(experiments['start-small'].steps);
  expect(first.validation).toBeNull();
  // One seed: it is the same run again, to the last bit.
  const [before] = eventsOf(events, 'experiment-done')[0]!.result.sides;
  expect(first.points).toEqual(before.points.slice(0, first.points.length));
});

it('is refused while a run trains, and the run goes on', async () => {
  const run = seedRun({ height: 28, width: 28, channels: 1, classes: 10 });
  const config = {
    ...run,
    network: { name: 'test', layers: [...experiments['sharing-dense'].sides[1].layers] },
    data: { ...run.data, dataset: await smallDataset(640, 100), validationSize: 0 },
    training: { ...run.training, epochs: 1, precision: 'float32' as const },
  };
  const start = { type: 'start', checkpointDir: temporaryFolder(), config } as const;
  let hasAsked = false;
  const ran = await told(start, (event, service) => {
    if (hasAsked || event.type !== 'started') return;
    hasAsked = true;
    service.handle(command);
  });
  expect(eventsOf(ran, 'experiment-refused')[0]?.what).toContain('while a run is trained');
  expect(eventsOf(ran, 'finished')).toHaveLength(1);
});
