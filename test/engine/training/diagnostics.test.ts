import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LayerConfig, Precision, RunConfig } from '../../../shared/config.ts';
import { classMetricsOf } from '../../../shared/class-metrics.ts';
import type { DiagnosticsEvent } from '../../../shared/trainer-events.ts';
import { consecutiveExamples } from '../../../main/trainer/data/batches.ts';
import { loadDataset } from '../../support/datasets.ts';
import type { Dataset } from '../../../main/trainer/data/dataset.ts';
import { diagnosedLayers } from '../../../main/trainer/training/observers/layer-diagnostics.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { fedNumbers } from '../../../main/trainer/tensorflow/feeds.ts';
import { doneStep } from '../../support/steps.ts';
import { checkpointHash, smallDataset, temporaryFolder } from '../../support/folders.ts';
import { image } from '../../support/gradients.ts';
import {
  convolution,
  dense,
  descent,
  flatten,
  pooling,
  withScores,
} from '../../support/networks.ts';
import { failures, smallRun, STEPS_AN_EPOCH, trainUntilIdle } from '../../support/trainer.ts';
import { widestPossible } from '../../support/side-by-side.ts';

let mnist: Dataset;
beforeAll(async () => {
  mnist = await loadDataset('mnist', 5000);
});

const every = (run: RunConfig, diagnosticsEvery: number): RunConfig => ({
  ...run,
  training: { ...run.training, diagnosticsEvery },
});

const normOf = (...vectors: Float32Array[]): number =>
  Math.sqrt(vectors.reduce((sum, vector) => sum + vector.reduce((a, x) => a + x * x, 0), 0));

/** One diagnosed step, with the weights before and after it. */
async function diagnosed(config: RunConfig, size = 64, precision: Precision = 'float32') {
  const session = await Session.open(
    compile(config, precision, { ...image, height: 28, width: 28 }, widestPossible(precision)),
  );
  session.start();
  const before = session.variables();
  const batch = consecutiveExamples(mnist.train, 0, size, 784);
  const numbers = fedNumbers(config, config.optimizer.learningRate);
  const { outcome, diagnostics } = doneStep(session.trainAndDiagnose(batch, 0, numbers));
  const after = session.variables();
  const layers: DiagnosticsEvent['layers'] = diagnosedLayers(
    session.graph,
    outcome.gradientNorms,
    diagnostics!,
  );
  return { session, before, after, layers };
}

describe.each(['float32', 'bfloat16'] as const)('a diagnosed step in %s', (precision) => {
  it('is the very same step, to the last bit', async () => {
    const dataset = await smallDataset(450, 100);
    const [never, always] = [temporaryFolder(), temporaryFolder()];
    await trainUntilIdle(never, every(smallRun(dataset, precision), 0));
    const events = await trainUntilIdle(always, every(smallRun(dataset, precision), 1));
    expect(failures(events)).toEqual([]);
    const steps = events.flatMap((event) => (event.type === 'diagnostics' ? event.step : []));
    expect(steps).toEqual(Array.from({ length: 3 * STEPS_AN_EPOCH }, (_, k) => k + 1));
    const last = 3 * STEPS_AN_EPOCH;
    expect(checkpointHash(always, last)).toBe(checkpointHash(never, last));
  });
});

it('TensorBoard has each layer’s norms and dead share, step by step', async () => {
  const folder = temporaryFolder();
  const run = every(smallRun(await smallDataset(450, 100), 'float32'), 5);
  const events = await trainUntilIdle(folder, run);
  const logs = join(folder, 'tensorboard', 'train');
  const log = readFileSync(join(logs, readdirSync(logs)[0]!));
  /** What follows each time that the log has the name. */
  const written = (name: string): Buffer[] =>
    log
      .toString('latin1')
      .split(name)
      .slice(1)
      .map((text) => Buffer.from(text, 'latin1'));
  const diagnosed = events.filter((event) => event.type === 'diagnostics');
  expect(diagnosed.length).toBeGreaterThan(3);
  for (const [k, { layers }] of diagnosed.entries())
    for (const layer of layers) {
      const { name, gradientNorm, updateNorm, weightNorm, weightDeviation, deadShare } = layer;
      for (const [measure, value] of Object.entries({
        gradient_norm: gradientNorm,
        update_norm: updateNorm,
        weight_norm: weightNorm,
        weight_deviation: weightDeviation!,
        dead_share: deadShare,
      })) {
        const logged = written(`${measure}/${name}`);
        expect(logged).toHaveLength(value === null ? 0 : diagnosed.length);
        if (value === null) continue;
        const float = Buffer.from(Float32Array.of(value).buffer);
        expect(logged[k]!.indexOf(float), `${measure}/${name}`).toBeLessThan(40);
        expect(logged[k]!.indexOf(float), `${measure}/${name}`).toBeGreaterThanOrEqual(0);
      }
    }
});

describe('norms', () => {
  const layers: LayerConfig[] = [
    convolution({ activation: 'relu' }),
    pooling(),
    { type: 'batch-normalization', momentum: 0.9, epsilon: 1e-3, activation: 'tanh' },
    flatten,
    dense(10),
  ];

  it('are those of the weights before, of the update and of the gradient', async () => {
    const { before, after, layers: measured, session } = await diagnosed(descent(layers));
    const expected: Record<string, string[]> = {
      convolution_1: ['weights', 'bias'],
      batch_normalization_1: ['scale', 'shift'],
      dense_1: ['weights', 'bias'],
    };
    expect(measured.map(({ name }) => name)).toEqual(Object.keys(expected));
    for (const { name, weightNorm, updateNorm, gradientNorm, weightDeviation } of measured) {
      // What is only added to outputs has no part in the spread.
      const spread = before.get(`${name}/${expected[name]![0]!}`)!;
      const mean = spread.reduce((a, b) => a + b, 0) / spread.length;
      const deviation = normOf(spread.map((x) => x - mean)) / Math.sqrt(spread.length);
      expect(weightDeviation).toBeCloseTo(deviation, 5);
      const variables = expected[name]!.map((part) => `${name}/${part}`);
      const values = variables.map((variable) => before.get(variable)!);
      const updates = variables.map((variable) =>
        after.get(variable)!.map((value, k) => value - before.get(variable)![k]!),
      );
      expect(weightNorm).toBeCloseTo(normOf(...values), 3);
      expect(updateNorm! / normOf(...updates)).toBeCloseTo(1, 3);
      // Plain gradient descent at rate 1 takes off just the gradient.
      expect(gradientNorm! / normOf(...updates)).toBeCloseTo(1, 3);
    }
    session.close();
  });
});

describe('dead units', () => {
  it('are those that are zero for every example: all, none, or as many as the activations show', async () => {
    const of = (start: 'zeros' | 'he'): LayerConfig[] =>
      withScores(
        convolution({ filters: 8, activation: 'relu', start: { type: start }, bias: false }),
        pooling(),
        { type: 'dropout', rate: 0.5 },
      );
    const none = await diagnosed(descent(of('zeros'), { learningRate: 1e-30 }));
    expect(none.layers.map(({ deadShare }) => deadShare)).toEqual([1, null]);
    none.session.close();
    const some = await diagnosed(descent(of('he'), { learningRate: 1e-30 }), 1);
    const pixels = mnist.train.images.subarray(0, 784);
    const activations = some.session.activations(pixels, 0);
    const channels = Array.from({ length: 8 }, (_, channel) =>
      activations.some((value, k) => k % 8 === channel && value > 0),
    );
    const dead = channels.filter((isAlive) => !isAlive).length / 8;
    expect(some.layers[0]?.deadShare).toBeCloseTo(dead, 6);
    some.session.close();
  });
});

describe('an evaluation', () => {
  it('tells what the predictions show: loss, right answers, among how many answers, and what each example is taken for', async () => {
    const { session } = await diagnosed(
      descent(withScores(convolution({ activation: 'relu' }), pooling()), { learningRate: 0.02 }),
    );
    const COUNT = 500;
    const batch = consecutiveExamples(mnist.test, 0, COUNT, 784);
    const { correct, topTwo, topFive, loss, answers } = session.evaluate(batch);
    const probabilities = session.predict(batch.images);
    const counted = { correct: 0, topTwo: 0, topFive: 0, loss: 0 };
    batch.labels.forEach((label, k) => {
      const row = probabilities.subarray(10 * k, 10 * k + 10);
      const order = Array.from(row.keys()).sort((a, b) => row[b]! - row[a]!);
      if (order[0] === label) counted.correct += 1;
      if (order.slice(0, 2).includes(label)) counted.topTwo += 1;
      if (order.slice(0, 5).includes(label)) counted.topFive += 1;
      counted.loss -= Math.log(row[label]!) / COUNT;
      expect(answers[k]).toBe(order[0]);
    });
    expect(correct).toBe(counted.correct);
    expect(topTwo).toBe(counted.topTwo);
    expect(topTwo).toBeGreaterThan(correct);
    expect(loss).toBeCloseTo(counted.loss, 3);
    expect(topFive).toBe(counted.topFive);
    expect(topFive).toBeGreaterThan(topTwo);
    session.close();
  });

  it('of an epoch and of the test tells classes apart, and adds up', async () => {
    const dataset = await smallDataset(450, 100);
    const run = smallRun(dataset, 'float32');
    const events = await trainUntilIdle(temporaryFolder(), {
      ...run,
      training: { ...run.training, epochs: 1 },
    });
    const epoch = events.find((event) => event.type === 'epoch');
    const finished = events.find((event) => event.type === 'finished');
    for (const [score, count] of [
      [epoch?.validation, 50],
      [finished?.test, 100],
    ] as const) {
      const confusion = score!.confusion!;
      const metrics = classMetricsOf(score!)!;
      expect(metrics.reduce((sum, { examples }) => sum + examples, 0)).toBe(count);
      const right = confusion.reduce((sum, row, k) => sum + row[k]!, 0);
      expect(right / count).toBeCloseTo(score!.accuracy, 6);
      expect(score!.topTwo).toBeGreaterThanOrEqual(score!.accuracy);
      expect(score!.topFive).toBeGreaterThanOrEqual(score!.topTwo!);
    }
  });
});
