import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../main/trainer/graph/compile.ts';
import type { RunConfig } from '../../../shared/config.ts';
import type { MeasuredCost } from '../../../shared/cost-protocol.ts';
import { presets, seedRun } from '../../../shared/presets.ts';
import { checkpointBytes, runCost, speedKey } from '../../../shared/run-cost.ts';
import { FORWARD_SHARE } from '../../../shared/run-share.ts';
import { withValueAt } from '../../../shared/setting-paths.ts';
import { anyConfig } from '../../support/random-config.ts';

const image = { height: 28, width: 28, channels: 1, classes: 10 };
const counts = { train: 1_000, validation: 300, test: 600 };
const measured: MeasuredCost = {
  examplesPerSecond: 100,
  precision: 'float32',
  memoryBytes: 500_000_000,
};

function run(training: Partial<RunConfig['training']>): RunConfig {
  const config = seedRun();
  return {
    ...config,
    data: { ...config.data, batchSize: 128 },
    training: { ...config.training, epochs: 3, ...training },
  };
}

/** As a checkpoint holds them: four bytes each, but for the step. */
const bytesOfVariables = (config: RunConfig): number =>
  compile(config, 'float32', image)
    .variables.map(
      ({ name, shape }) => (name === 'global_step' ? 8 : 4) * shape.reduce((a, b) => a * b, 1),
    )
    .reduce((a, b) => a + b, 0);

describe('the bytes of a checkpoint', () => {
  it('are those of all variables of the graph, whatever the network and the rule', () => {
    fc.assert(
      fc.property(anyConfig('mnist'), (config) => {
        expect(checkpointBytes(config, image)).toBe(bytesOfVariables(config));
      }),
      { numRuns: 60 },
    );
  });

  it('of the seed network are three times its weights', () => {
    expect(checkpointBytes(presets['seed-network']!(), image)).toBe(3 * 4 * 1_378_698 + 8);
  });

  it('are not known of layers that do not fit', () => {
    const config = withValueAt(seedRun(), 'network.layers', [seedRun().network.layers.at(-1)]);
    expect(checkpointBytes(config as RunConfig, image)).toBeNull();
  });
});

describe('what a run costs', () => {
  const seconds = (training: Partial<RunConfig['training']>): number | null =>
    runCost(run(training), counts, image, measured).seconds;
  const evaluated = FORWARD_SHARE / measured.examplesPerSecond;

  it('is the time of all steps, validations and the test, and their number', () => {
    const cost = runCost(run({}), counts, image, measured);
    expect(cost.steps).toBe(3 * 8);
    expect(cost.seconds).toBeCloseTo(30 + (3 * 300 + 600) * evaluated, 9);
    expect(cost.mayEndSooner).toBe(false);
    expect(cost.memoryBytes).toBe(measured.memoryBytes + 784 * 1_900);
  });

  it('is less with a limit of steps, which may come within an epoch', () => {
    const cost = runCost(run({ maxSteps: 10 }), counts, image, measured);
    expect(cost.steps).toBe(10);
    expect(cost.seconds).toBeCloseTo((1_000 + 2 * 128) / 100 + (300 + 600) * evaluated, 9);
  });

  it('is no more than a goal of minutes allows', () => {
    const goal = { accuracy: null, loss: null, minutes: 0.25 };
    const cost = runCost(run({ goal }), counts, image, measured);
    // A half of the 30 s.
    expect(cost.steps).toBe(12);
    expect(cost.seconds).toBeCloseTo(15 + (1.5 * 300 + 600) * evaluated, 9);
    expect(cost.mayEndSooner).toBe(false);
    expect(seconds({ goal: { ...goal, minutes: 10 } })).toBe(seconds({}));
  });

  it('may be less with a goal of accuracy or loss, or early stopping', () => {
    const sooner = (training: Partial<RunConfig['training']>): boolean =>
      runCost(run(training), counts, image, measured).mayEndSooner;
    expect(sooner({ goal: { accuracy: 0.9, loss: null, minutes: null } })).toBe(true);
    expect(sooner({ goal: { accuracy: null, loss: 0, minutes: null } })).toBe(true);
    expect(sooner({ earlyStopping: { patience: 3, minimumGain: 0 } })).toBe(true);
    expect(seconds({ earlyStopping: { patience: 3, minimumGain: 0 } })).toBe(seconds({}));
  });

  it('is known in part before it is measured, and before the data are read', () => {
    const before = runCost(run({}), counts, image, null);
    expect(before).toMatchObject({ steps: 24, seconds: null, memoryBytes: null });
    expect(before.checkpointBytes).toBeGreaterThan(1_000_000);
    const unread = runCost(run({}), null, null, measured);
    expect(unread).toMatchObject({ steps: null, seconds: null, checkpointBytes: null });
    expect(unread.memoryBytes).toBe(measured.memoryBytes);
  });
});

describe('the key of a speed', () => {
  const key = (path: string, value: unknown): string =>
    speedKey(withValueAt(seedRun(), path, value) as RunConfig, image);
  const usual = speedKey(seedRun(), image);

  it.each([
    ['data.batchSize', 32],
    ['network.layers.0.filters', 3],
    ['optimizer.rule', { type: 'sgd' }],
    ['optimizer.weightDecay', 0.01],
    ['optimizer.clipNorm', 1],
    ['training.precision', 'bfloat16'],
  ])('is another for another %s', (path, value) => {
    expect(key(path, value)).not.toBe(usual);
  });

  it.each([
    ['training.epochs', 99],
    ['training.seed', 5],
    ['optimizer.learningRate', 0.5],
    ['checkpoints.keep', 1],
  ])('is the same for another %s', (path, value) => {
    expect(key(path, value)).toBe(usual);
  });

  it('is another for other images', () => {
    expect(speedKey(seedRun(), { ...image, channels: 3 })).not.toBe(usual);
  });
});
