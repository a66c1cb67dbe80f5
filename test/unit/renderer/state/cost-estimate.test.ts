import { beforeEach, describe, expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { CostEstimate, type PricedRun } from '../../../../renderer/state/cost-estimate.svelte.ts';
import { partCountsOf } from '../../../../renderer/state/part-counts.ts';
import { costFacts } from '../../../../renderer/text/cost-words.ts';
import type { RunConfig } from '../../../../shared/config.ts';
import type { MeasuredCost } from '../../../../shared/cost-protocol.ts';
import { seedRun } from '../../../../shared/presets.ts';
import { withValueAt } from '../../../../shared/setting-paths.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

const image = { height: 28, width: 28, channels: 1, classes: 10 };
const measured: MeasuredCost = {
  examplesPerSecond: 10_000,
  precision: 'bfloat16',
  memoryBytes: 900_000_000,
};

let bridge: AnsweringBridge;
let run: PricedRun;
let estimate: CostEstimate;
const change = (path: string, value: unknown): void => {
  run = { ...run, config: withValueAt(run.config, path, value) as RunConfig };
};
beforeEach(() => {
  bridge = new AnsweringBridge();
  const config = seedRun();
  run = { config, image, counts: partCountsOf(config.data, []) };
  estimate = new CostEstimate(new Api(bridge), () => run);
});

async function measure(answer: MeasuredCost | null): Promise<void> {
  void estimate.measure();
  await bridge.last('measureCost').answer(answer);
}

describe('the estimate of what a run costs', () => {
  it('tells steps and a checkpoint at once, time and memory once they were measured', async () => {
    expect(estimate.cost).toMatchObject({ steps: 4_300, seconds: null, memoryBytes: null });
    expect(estimate.isOutdated).toBe(false);
    void estimate.measure();
    expect(bridge.last('measureCost').input).toEqual({ config: run.config, image });
    expect(estimate.isMeasuring).toBe(true);
    await bridge.last('measureCost').answer(measured);
    expect(estimate.isMeasuring).toBe(false);
    // 55,000 images ten times, 5,000 ten times and 10,000 at a third of the time.
    expect(estimate.cost.seconds).toBeCloseTo(55 + 5 / 3 + 1 / 3, 6);
    expect(costFacts(estimate.cost)).toEqual([
      ['Time here', 'about 57 s'],
      ['Steps', '4,300'],
      ['A checkpoint', '17 MB'],
      ['Memory', '955 MB'],
    ]);
  });

  it('goes on with the measurement where a step stays what it was, and else asks for another', async () => {
    await measure(measured);
    change('training.epochs', 20);
    expect(estimate.cost.seconds).toBeCloseTo(110 + 10 / 3 + 1 / 3, 6);
    change('data.batchSize', 32);
    expect(estimate.cost.seconds).toBeNull();
    expect(estimate.isOutdated).toBe(true);
    await measure({ ...measured, examplesPerSecond: 5_000 });
    expect(estimate.measured?.examplesPerSecond).toBe(5_000);
    // Undone, it is the one from before.
    change('data.batchSize', 128);
    expect(estimate.measured).toEqual(measured);
  });

  it('is forgotten where the machine computes otherwise', async () => {
    await measure(measured);
    estimate.forget();
    expect([estimate.measured, estimate.isOutdated]).toEqual([null, false]);
  });

  it('of a set-up that was changed while it was measured is not told of the new one', async () => {
    void estimate.measure();
    change('data.batchSize', 32);
    await bridge.last('measureCost').answer(measured);
    expect(estimate.measured).toBeNull();
    expect(estimate.isOutdated).toBe(true);
  });

  it('is measured once at a time, can be stopped, and tells then what it did before', async () => {
    void estimate.measure();
    void estimate.measure();
    estimate.stop();
    expect(bridge.trace).toEqual(['measureCost', 'stopMeasuringCost']);
    await bridge.last('measureCost').answer(null);
    expect([estimate.isMeasuring, estimate.measured, estimate.failure]).toEqual([
      false,
      null,
      null,
    ]);
    estimate.stop();
    expect(bridge.trace).toHaveLength(2);
  });

  it('says why a set-up could not be measured, until that changes', async () => {
    const failure = { what: 'No.', where: 'network.layers', remedy: 'Another.' };
    void estimate.measure();
    await bridge.last('measureCost').refuse(failure);
    expect(estimate.failure).toEqual(failure);
    change('data.batchSize', 1);
    expect(estimate.failure).toBeNull();
  });

  it('is not asked for before the images are known', () => {
    run = { ...run, image: null, counts: null };
    void estimate.measure();
    expect(estimate.canMeasure).toBe(false);
    expect(bridge.trace).toEqual([]);
    expect(costFacts(estimate.cost).map(([, value]) => value)).toEqual(['–', '–', '–', '–']);
  });
});

it('a run that may end sooner costs at most that', () => {
  const cost = { seconds: 90, steps: 430, checkpointBytes: 8, memoryBytes: null };
  expect(costFacts({ ...cost, mayEndSooner: true }).slice(0, 2)).toEqual([
    ['Time here', 'up to 1 min 30 s'],
    ['Steps', 'up to 430'],
  ]);
});

it('how many images there are is known of MNIST, and of the data of the last run', () => {
  const { data } = seedRun();
  expect(partCountsOf(data, [])).toEqual({ train: 55_000, validation: 5_000, test: 10_000 });
  expect(partCountsOf({ ...data, dataset: '/other' }, [])).toBeNull();
  const examples = { train: 40, validation: 8, test: 2 };
  const other = { dataset: '/other', validationSize: 8, leftOut: null };
  const known = [{ data: other, examples }];
  expect(partCountsOf(other, known)).toBe(examples);
  expect(partCountsOf({ ...other, validationSize: 9 }, known)).toBeNull();
  // Where images are left out, the same list is better than nearly the same number.
  const leftOut = ['0123456789abcdef'];
  expect(partCountsOf({ ...other, leftOut }, known)).toBe(examples);
  const fewer = { ...examples, train: 39 };
  const both = [...known, { data: { ...other, leftOut }, examples: fewer }];
  expect(partCountsOf({ ...other, leftOut }, both)).toBe(fewer);
});
