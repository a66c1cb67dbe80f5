import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { measureCost } from '../../../main/trainer/start/measure-cost.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { createService } from '../../../main/trainer/service.ts';
import type { RunConfig } from '../../../shared/config.ts';
import { FailureError } from '../../../shared/ipc.ts';
import { checkpointBytes } from '../../../shared/run-cost.ts';
import type { TrainerEvent } from '../../../shared/trainer-events.ts';
import { smallDataset, temporaryFolder } from '../../support/folders.ts';
import { descent, dense, flatten } from '../../support/networks.ts';
import { smallRun, trainUntilIdle } from '../../support/trainer.ts';

const dataset = await smallDataset(450, 20);
afterEach(() => vi.restoreAllMocks());

const image = { height: 28, width: 28, channels: 1, classes: 10 };
const config = descent([flatten, dense(10)]);
const inPrecision = (precision: RunConfig['training']['precision']): RunConfig => ({
  ...config,
  training: { ...config.training, precision },
});
const unaborted = new AbortController().signal;

describe('a measurement', () => {
  it('times steps of the precision that is asked for, tells the memory, and frees the network', async () => {
    const [opened, closed] = [vi.spyOn(Session, 'open'), vi.spyOn(Session.prototype, 'close')];
    const trained = vi.spyOn(Session.prototype, 'train');
    const measured = await measureCost(inPrecision('bfloat16'), image, unaborted);
    expect(measured?.precision).toBe('bfloat16');
    expect(measured!.examplesPerSecond).toBeGreaterThan(1);
    // TensorFlow alone is larger than this.
    expect(measured!.memoryBytes).toBeGreaterThan(50e6);
    expect([opened, closed].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    expect(trained.mock.calls.length).toBeLessThanOrEqual(14);
    expect(trained.mock.calls[0]![0].size).toBe(config.data.batchSize);
  });

  it('of an automatic precision is of both', async () => {
    const opened = vi.spyOn(Session, 'open');
    const measured = await measureCost(inPrecision('auto'), image, unaborted);
    expect(opened).toHaveBeenCalledTimes(2);
    expect(['float32', 'bfloat16']).toContain(measured?.precision);
  });

  it('goes for images of any shape and number of classes, and for balanced classes', async () => {
    const layers = [flatten, dense(300)];
    const many = { ...inPrecision('float32'), network: { name: 'many', layers } };
    many.training = { ...many.training, classWeights: 'balanced' };
    const shape = { height: 9, width: 7, channels: 3, classes: 300 };
    expect(await measureCost(many, shape, unaborted)).not.toBeNull();
  });

  it('that is stopped ends after a step, and frees the network', async () => {
    const stopping = new AbortController();
    const closed = vi.spyOn(Session.prototype, 'close');
    const trained = vi.spyOn(Session.prototype, 'train').mockImplementation(() => {
      stopping.abort();
      return { kind: 'diverged' };
    });
    await measureCost(inPrecision('float32'), image, stopping.signal);
    expect([trained, closed].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    expect(await measureCost(inPrecision('float32'), image, stopping.signal)).toBeNull();
    expect(trained).toHaveBeenCalledTimes(1);
  });

  it('of layers that do not fit is refused, naming them', async () => {
    const unfit = { ...config, network: { name: 'unfit', layers: [flatten, dense(9)] } };
    const refused = measureCost(unfit, image, unaborted);
    await expect(refused).rejects.toThrow(FailureError);
    await expect(refused).rejects.toMatchObject({ failure: { where: 'network.layers' } });
  });
});

it('is refused while a run trains, and ends for one that starts', async () => {
  const events: TrainerEvent[] = [];
  const run = { ...smallRun(dataset, 'float32') };
  run.training = { ...run.training, epochs: 1 };
  let asked = false;
  const service = createService((event) => {
    events.push(event);
    if (event.type === 'step' && !asked) {
      asked = true;
      service.handle({ type: 'measure-cost', id: 3, config, image });
    }
  });
  service.handle({ type: 'measure-cost', id: 1, config: inPrecision('auto'), image });
  service.handle({ type: 'measure-cost', id: 2, config: inPrecision('auto'), image });
  service.handle({ type: 'start', checkpointDir: temporaryFolder(), config: run });
  await service.idle;
  service.handle({ type: 'shutdown' });
  const of = (type: TrainerEvent['type']): TrainerEvent[] =>
    events.filter((event) => event.type === type);
  expect(of('cost-measured')).toEqual([
    { type: 'cost-measured', id: 1, measured: null },
    { type: 'cost-measured', id: 2, measured: null },
  ]);
  expect(of('cost-refused')).toMatchObject([{ id: 3, where: 'the set-up' }]);
  expect(of('finished')).toHaveLength(1);
});

it.each<RunConfig['optimizer']['rule']>([
  { type: 'sgd' },
  { type: 'nesterov', momentum: 0.9 },
  { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
])('a real checkpoint of $type has as many bytes as is told before', async (rule) => {
  const run = smallRun(dataset, 'float32');
  const once: RunConfig = {
    ...run,
    optimizer: { ...run.optimizer, rule },
    training: { ...run.training, maxSteps: 1 },
  };
  const folder = temporaryFolder();
  await trainUntilIdle(folder, once);
  const { size } = statSync(join(folder, 'model.ckpt-1.data-00000-of-00001'));
  expect(size).toBe(checkpointBytes(once, image));
});
