import type { RunConfig } from '../../../shared/config.ts';
import { Control } from '../../../main/trainer/training/control.ts';
import { epochOrder, gatherBatch, type Batch } from '../../../main/trainer/data/batches.ts';
import { loadDataset } from '../../support/datasets.ts';
import type { Dataset } from '../../../main/trainer/data/dataset.ts';
import { imageBytes } from '../../../main/trainer/data/raw-dataset.ts';
import { imageShape } from '../../../main/trainer/start/feasible.ts';
import { evaluateExamples } from '../../../main/trainer/tensorflow/evaluate.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { widestLayout } from '../../../main/trainer/tensorflow/layout-support.ts';
import { stepsAtOnce } from '../../../main/trainer/training/steps-at-once.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { fedNumbers } from '../../../main/trainer/tensorflow/feeds.ts';
import { eagerNetwork } from './eager-network.ts';
import type { Trainer } from './own.ts';
import { bytesOf, settingsOf } from './settings.ts';

/**
 * Batches and steps with nothing around them, as many at once as the engine does.
 * @param eager op by op in tfjs-node instead
 */
export async function stepByStep(config: RunConfig, eager: boolean): Promise<Trainer> {
  const { batchSize, dataset: name, validationSize } = config.data;
  const dataset = await loadDataset(name, validationSize);
  const session = eager ? null : await open(config, dataset);
  const live = fedNumbers(config, config.optimizer.learningRate);
  const one: (batch: Batch, step: number) => unknown = session
    ? (batch, done) => session.train(batch, done, live)
    : eagerNetwork();
  const most = session?.stepsAtOnce(config.optimizer.weightDecay) ?? 1;
  const source = endlessBatches(dataset, config, most);
  let steps = 0;
  const train = ({ batch, count }: Batches): void => {
    if (session && count > 1)
      session.trainSeveral(
        batch,
        steps,
        Array.from({ length: count }, () => live),
      );
    else one(batch, steps);
    steps += count;
  };
  let epochs = 0;
  return {
    settings: settingsOf(session, batchSize),
    dataBytes: bytesOf(dataset),
    train(count) {
      const since = performance.now();
      const before = steps;
      while (steps < before + count) train(source.next().value);
      const examples = (steps - before) * batchSize;
      return { examples, seconds: (performance.now() - since) / 1000 };
    },
    async epoch() {
      if (!session) throw new Error('Op by op there is no evaluation.');
      for (const batches of epochBatches(dataset, config, epochs++, most, false)) train(batches);
      const { test } = dataset;
      const score = await evaluateExamples(session, test, imageBytes(dataset), new Control());
      return score?.accuracy ?? NaN;
    },
  };
}

async function open(config: RunConfig, dataset: Dataset): Promise<Session> {
  const image = imageShape(dataset);
  const { precision } = config.training;
  if (precision === 'auto') throw new Error('A precision is to be named.');
  const session = await Session.open(
    compile(config, precision, image, await widestLayout(precision), stepsAtOnce(Infinity)),
  );
  session.start();
  return session;
}

/** Batches one after the other. */
interface Batches {
  batch: Batch;
  count: number;
}

/**
 * An epoch's batches in training order, put together as training does it.
 * @param most that go together
 * @param whole leaves the smaller last one out
 */
function* epochBatches(
  dataset: Dataset,
  { data, training }: RunConfig,
  epoch: number,
  most: number,
  whole: boolean,
): Generator<Batches, void> {
  const { train } = dataset;
  const size = imageBytes(dataset);
  const { batchSize } = data;
  const order = epochOrder(train.count, training.seed, epoch);
  const end = whole ? order.length - batchSize + 1 : order.length;
  for (let at = 0; at < end;) {
    const count = order.length - at >= most * batchSize ? most : 1;
    const indices = order.subarray(at, at + count * batchSize);
    yield { batch: gatherBatch(train, indices, size), count };
    at += count * batchSize;
  }
}

/** Whole batches without end. */
function* endlessBatches(
  dataset: Dataset,
  config: RunConfig,
  most: number,
): Generator<Batches, never> {
  for (let epoch = 0; ; epoch++) yield* epochBatches(dataset, config, epoch, most, true);
}
