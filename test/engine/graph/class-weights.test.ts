import { beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig } from '../../../shared/config.ts';
import type { Batch } from '../../../main/trainer/data/batches.ts';
import { balancedWeights } from '../../../main/trainer/data/class-weights.ts';
import { loadDataset } from '../../support/datasets.ts';
import type { Dataset } from '../../../main/trainer/data/dataset.ts';
import type { Examples } from '../../../main/trainer/data/examples.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { WIDEST } from '../../../main/trainer/graph/layout.ts';
import { fedNumbers } from '../../../main/trainer/tensorflow/feeds.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { checkpointHash, smallDataset, temporaryFolder } from '../../support/folders.ts';
import { image, relativeError, testBatch } from '../../support/gradients.ts';
import { dense, descent, flatten } from '../../support/networks.ts';
import { doneStep } from '../../support/steps.ts';
import { failures, smallRun, STEPS_AN_EPOCH, trainUntilIdle } from '../../support/trainer.ts';

const CLASSES = image.classes;
const weights = [0, 0.25, 0.5, 1, 1, 2, 3, 0.75, 5, 1.5];

async function sessionOf(
  config: RunConfig,
  classWeights: readonly number[] | null,
  shape = image,
): Promise<Session> {
  const session = await Session.open(compile(config, 'float32', shape, WIDEST, 1, classWeights));
  session.start();
  return session;
}

/** One step of plain descent at rate 1: what it takes off each weight is the gradient. */
async function gradientsOf(
  config: RunConfig,
  classWeights: readonly number[] | null,
  batch: Batch,
) {
  const session = await sessionOf(config, classWeights);
  const before = session.variables();
  const { loss } = doneStep(session.train(batch, 0, fedNumbers(config, 1))).outcome;
  const after = session.variables();
  session.close();
  const gradients = [...before].map(
    ([name, values]) => [name, values.map((value, k) => value - after.get(name)![k]!)] as const,
  );
  return { before, loss, gradients: new Map(gradients) };
}

const smallStart = { start: { type: 'normal', deviation: 0.05 } } as const;
const linear = (labelSmoothing: number): RunConfig =>
  descent([flatten, dense(CLASSES, smallStart)], { labelSmoothing });

describe.each([0, 0.1])('with label smoothing of %d', (smoothing) => {
  it('loss and gradient are those of plain numbers, each example weighed by its class', async () => {
    // Thirteen, for a shard to be filled up.
    const batch = testBatch(13);
    const { before, loss, gradients } = await gradientsOf(linear(smoothing), weights, batch);
    const names = [...before.keys()];
    const biasName = names.find((name) => before.get(name)!.length === CLASSES);
    const kernelName = names.find((name) => name !== biasName);
    const [kernel, bias] = [before.get(kernelName!)!, before.get(biasName!)!];
    const size = image.height * image.width;
    const expected = {
      loss: 0,
      kernel: new Float64Array(kernel.length),
      bias: new Float64Array(CLASSES),
    };
    batch.labels.forEach((label, n) => {
      const pixels = Array.from(batch.images.subarray(n * size, (n + 1) * size), (v) => v / 255);
      const scores = Array.from({ length: CLASSES }, (_, k) =>
        pixels.reduce((sum, pixel, at) => sum + pixel * kernel[at * CLASSES + k]!, bias[k]!),
      );
      const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
      scores.forEach((score, k) => {
        const target = (k === label ? 1 - smoothing : 0) + smoothing / CLASSES;
        const share = weights[label]! / batch.size;
        expected.loss -= share * target * (score - Math.log(total));
        const gradient = share * (Math.exp(score) / total - target);
        expected.bias[k]! += gradient;
        pixels.forEach((pixel, at) => (expected.kernel[at * CLASSES + k]! += gradient * pixel));
      });
    });
    expect(loss).toBeCloseTo(expected.loss, 5);
    expect(relativeError(gradients.get(kernelName!)!, expected.kernel)).toBeLessThan(1e-5);
    expect(relativeError(gradients.get(biasName!)!, expected.bias)).toBeLessThan(1e-5);
  });

  it('balanced on data with as many of each class trains as without', async () => {
    const { images } = testBatch(20);
    const batch: Batch = {
      images,
      labels: Uint8Array.from({ length: 20 }, (_, k) => k % 10),
      size: 20,
    };
    const balanced = balancedWeights(batch.labels, CLASSES);
    const weighed = await gradientsOf(linear(smoothing), balanced, batch);
    const plain = await gradientsOf(linear(smoothing), null, batch);
    expect(weighed.loss).toBeCloseTo(plain.loss, 6);
    for (const [name, gradient] of plain.gradients)
      expect(relativeError(weighed.gradients.get(name)!, gradient)).toBeLessThan(1e-6);
  });
});

describe('of real digits', () => {
  const digits = { height: 28, width: 28, channels: 1, classes: 2 };
  let mnist: Dataset;
  beforeAll(async () => {
    mnist = await loadDataset('mnist', 5000);
  });

  /** Some threes, as class 0, and eights, as class 1. */
  function threesAndEights({ images, labels }: Examples, threes: number, eights: number): Batch {
    const numbersOf = (digit: number, count: number): number[] =>
      [...labels.keys()].filter((k) => labels[k] === digit).slice(0, count);
    const numbers = [...numbersOf(3, threes), ...numbersOf(8, eights)];
    const chosen = numbers.map((k) => images.subarray(k * 784, (k + 1) * 784));
    return {
      images: Uint8Array.from(chosen.flatMap((each) => [...each])),
      labels: Uint8Array.from(numbers, (k) => (labels[k] === 3 ? 0 : 1)),
      size: numbers.length,
    };
  }

  it('a rare class is found more often when balanced, while evaluations count all alike', async () => {
    const config = descent([flatten, dense(2, smallStart)], { learningRate: 0.05 });
    const batch = threesAndEights(mnist.train, 390, 10);
    const test = threesAndEights(mnist.test, 900, 900);
    const recalls: number[] = [];
    for (const classWeights of [null, balancedWeights(batch.labels, 2)]) {
      const session = await sessionOf(config, classWeights, digits);
      const numbers = fedNumbers(config, 0.05);
      for (let step = 0; step < 100; step++) doneStep(session.train(batch, step, numbers));
      const { answers, topTwo, topFive, loss } = session.evaluate(test);
      const found = test.labels.filter((label, k) => label === 1 && answers[k] === 1).length;
      recalls.push(found / test.labels.filter((label) => label === 1).length);
      // Among two answers of two classes everything is found.
      expect([topTwo, topFive]).toEqual([test.size, null]);
      const probabilities = session.predict(test.images);
      const losses = Array.from(
        test.labels,
        (label, k) => -Math.log(probabilities[2 * k + label]!),
      );
      expect(loss).toBeCloseTo(losses.reduce((a, b) => a + b) / test.size, 3);
      session.close();
    }
    expect(recalls[1]).toBeGreaterThan(recalls[0]! + 0.1);
  });

  it('a run is trained so when it is asked for, and resumed with the same bits', async () => {
    const dataset = await smallDataset(450, 100);
    const run = smallRun(dataset, 'float32');
    const balanced = {
      ...run,
      training: { ...run.training, epochs: 1, classWeights: 'balanced' as const },
    };
    const [whole, ended, plain] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    expect(failures(await trainUntilIdle(whole, balanced))).toEqual([]);
    await trainUntilIdle(ended, { ...balanced, training: { ...balanced.training, maxSteps: 3 } });
    await trainUntilIdle(ended, balanced);
    await trainUntilIdle(plain, { ...run, training: { ...run.training, epochs: 1 } });
    const [first, second, third] = [whole, ended, plain].map((folder) =>
      checkpointHash(folder, STEPS_AN_EPOCH),
    );
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });
});
