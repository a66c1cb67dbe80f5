import fc from 'fast-check';
import { beforeAll, expect, it, vi } from 'vitest';
import type { LayerConfig, RunConfig } from '../../../shared/config.ts';
import type { TrainerCommand } from '../../../shared/trainer-commands.ts';
import type { TrainerEvent } from '../../../shared/trainer-events.ts';
import { gatherBatch, partOfBatch } from '../../../main/trainer/data/batches.ts';
import { loadDataset } from '../../support/datasets.ts';
import type { Examples } from '../../../main/trainer/data/examples.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { widestLayout } from '../../../main/trainer/tensorflow/layout-support.ts';
import { isFiniteStep, type StepResult } from '../../../main/trainer/tensorflow/outcomes.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { fedNumbers } from '../../../main/trainer/tensorflow/feeds.ts';
import {
  checkpointHash,
  checkpointSteps,
  smallDataset,
  temporaryFolder,
} from '../../support/folders.ts';
import {
  convolution,
  dense,
  descent,
  flatten,
  pooling,
  withScores,
} from '../../support/networks.ts';
import { anyConfig } from '../../support/random-config.ts';
import { failures, trainUntilIdle } from '../../support/trainer.ts';

/** Several steps in one run of the graph are the very same steps as one at a time, to the last bit. */

const STEPS = 4;
const image = { height: 28, width: 28, channels: 1, classes: 10 };

let dataset = '';
let examples: Examples;
beforeAll(async () => {
  dataset = await smallDataset(190, 30);
  examples = (await loadDataset(dataset, 40)).train;
});

interface Trained {
  outcomes: StepResult[];
  variables: Map<string, Float32Array>;
  step: number;
}

/**
 * @param rates of each step
 * @param times that those steps are done
 */
async function trained(
  config: RunConfig,
  several: boolean,
  rates: number[],
  times: number,
): Promise<Trained> {
  const { precision } = config.training;
  const type = precision === 'float32' ? 'float32' : 'bfloat16';
  const graph = compile(config, type, image, await widestLayout(type), STEPS);
  const session = await Session.begin(graph, null);
  const settings = rates.map((rate) => fedNumbers(config, rate));
  const count = STEPS * config.data.batchSize;
  const batches = gatherBatch(
    examples,
    Uint32Array.from({ length: count }, (_, k) => k % examples.count),
    image.height * image.width,
  );
  try {
    expect(session.stepsAtOnce(config.optimizer.weightDecay)).toBe(STEPS);
    const outcomes = Array.from({ length: times }, (_, k) => k * STEPS).flatMap((before) =>
      several
        ? session.trainSeveral(batches, before, settings)
        : untilOneFails(settings.length, (k) =>
            session.train(partOfBatch(batches, k, STEPS), before + k, settings[k]!),
          ),
    );
    return { outcomes, variables: session.variables(), step: session.step() };
  } finally {
    session.close();
  }
}

/** As the training loop, which ends with the first step whose loss or gradient is not finite. */
function untilOneFails(count: number, train: (k: number) => StepResult): StepResult[] {
  const outcomes: StepResult[] = [];
  for (let k = 0; k < count; k++) {
    const outcome = train(k);
    outcomes.push(outcome);
    if (!isFiniteStep(outcome)) break;
  }
  return outcomes;
}

it('whatever the network, its rule and its rates', async () => {
  const property = fc.asyncProperty(anyConfig(dataset), async (config) => {
    const rates = [1, 0.5, 2, 1].map((factor) => factor * config.optimizer.learningRate);
    expect(await trained(config, true, rates, 2)).toEqual(await trained(config, false, rates, 2));
  });
  await fc.assert(property, { numRuns: Number(process.env.RUNS ?? 6), endOnFailure: true });
});

const zeros = { type: 'zeros' } as const;
/** What ruins the second step, and how many steps then change something. */
const ruins: [string, LayerConfig[], number, number][] = [
  ['its loss', withScores(convolution(), pooling()), 1e30, 1],
  ['a gradient’s norm', [flatten, dense(6, { start: zeros }), dense(10)], 1e20, 2],
];

it.each(ruins)('where %s is not finite, that step is the last', async (_, layers, rate, done) => {
  for (const precision of ['float32', 'bfloat16'] as const) {
    const config = descent(layers);
    const run = { ...config, training: { ...config.training, precision } };
    const rates = [rate, 0.01, 0.01, 0.01];
    const several = await trained(run, true, rates, 1);
    expect(several.outcomes).toHaveLength(2);
    expect(several.step).toBe(done);
    expect(several).toEqual(await trained(run, false, rates, 1));
  }
});

it('a run that does several at once ends with the bits of one that does not', async () => {
  const layers: LayerConfig[] = [flatten, dense(6, { activation: 'tanh' }), dense(10)];
  const config = descent(layers, { learningRate: 0.05 });
  const run = (diagnosticsEvery: number): RunConfig => ({
    ...config,
    data: { ...config.data, dataset, batchSize: 8, validationSize: 40 },
    training: { ...config.training, epochs: 30, precision: 'float32', diagnosticsEvery },
    checkpoints: { ...config.checkpoints, everySteps: 250 },
  });
  const several = vi.spyOn(Session.prototype, 'trainSeveral');
  const ended = async (
    diagnosticsEvery: number,
    when: (event: TrainerEvent) => TrainerCommand | null = () => null,
  ): Promise<[string, number[]]> => {
    several.mockClear();
    const folder = temporaryFolder();
    const events = await trainUntilIdle(folder, run(diagnosticsEvery), when);
    expect(failures(events)).toEqual([]);
    const steps = checkpointSteps(folder);
    return [checkpointHash(folder, steps.at(-1)!), steps];
  };
  const usual = await ended(50);
  // Of 18 whole batches an epoch and a smaller one, in which a step is diagnosed now and then.
  const calls = several.mock.calls.length;
  expect(calls).toBeGreaterThan(60);
  expect(await ended(1)).toEqual(usual);
  expect(several).not.toHaveBeenCalled();
  // While somebody draws, each step is one by itself: an answer is not to wait for four.
  const { height, width, channels } = image;
  const asking =
    (ink: () => number) =>
    ({ type }: TrainerEvent): TrainerCommand | null => {
      if (type !== 'step') return null;
      const pixels = new Uint8Array(height * width).fill(ink());
      const picture = { height, width, channels, pixels };
      return { type: 'ask', id: 1, question: { type: 'predict', image: picture } };
    };
  let strokes = 0;
  expect(
    await ended(
      50,
      asking(() => ++strokes % 256),
    ),
  ).toEqual(usual);
  expect(several.mock.calls.length).toBeLessThan(calls / 2);
  // A drawing that is finished is only followed: nobody waits for that.
  expect(
    await ended(
      50,
      asking(() => 7),
    ),
  ).toEqual(usual);
  expect(several.mock.calls.length).toBeGreaterThan(calls / 2);
});
