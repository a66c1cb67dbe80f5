import type { RunConfig } from '../../../shared/config.ts';
import { Control } from '../../../main/trainer/control.ts';
import { epochOrder, gather } from '../../../main/trainer/data/batches.ts';
import { loadDataset, type Dataset } from '../../../main/trainer/data/dataset.ts';
import { evaluate } from '../../../main/trainer/evaluate.ts';
import type { Batch } from '../../../main/trainer/feeds.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { widestLayout } from '../../../main/trainer/kernels.ts';
import { Session } from '../../../main/trainer/session.ts';
import { liveSettings } from '../../../main/trainer/settings.ts';
import { eagerNetwork } from './eager-network.ts';
import type { Trainer } from './own.ts';
import { bytesOf, settingsOf } from './settings.ts';

/** Batches and steps with nothing around them. @param eager op by op in tfjs-node instead of this engine */
export async function stepByStep(config: RunConfig, eager: boolean): Promise<Trainer> {
  const { batchSize, dataset: name, validationSize } = config.data;
  const dataset = await loadDataset(name, validationSize);
  const session = eager ? null : await open(config, dataset);
  const live = liveSettings(config, config.optimizer.learningRate);
  const step: (batch: Batch, step: number) => unknown = session
    ? (batch, done) => session.train(batch, done, live)
    : eagerNetwork();
  const source = endlessBatches(dataset, config);
  let steps = 0;
  let epochs = 0;
  return {
    settings: settingsOf(session, batchSize),
    dataBytes: bytesOf(dataset),
    train(count) {
      const since = performance.now();
      for (let k = 0; k < count; k++) step(source.next().value, steps++);
      return { examples: count * batchSize, seconds: (performance.now() - since) / 1000 };
    },
    async epoch() {
      if (!session) throw new Error('Op by op there is no evaluation.');
      for (const batch of epochBatches(dataset, config, epochs++, false)) step(batch, steps++);
      const { test, height, width } = dataset;
      const score = await evaluate(session, test, height * width, new Control());
      return score?.accuracy ?? NaN;
    },
  };
}

async function open(config: RunConfig, { height, width, classes }: Dataset): Promise<Session> {
  const image = { height, width, channels: 1, classes };
  const { precision } = config.training;
  if (precision === 'auto') throw new Error('A precision is to be named.');
  const session = await Session.open(
    compile(config, precision, image, await widestLayout(precision)),
  );
  session.start();
  return session;
}

/** An epoch's batches in training order, put together as training does it. @param whole leaves the smaller last one out */
function* epochBatches(
  { train, height, width }: Dataset,
  { data, training }: RunConfig,
  epoch: number,
  whole: boolean,
): Generator<Batch, void> {
  const order = epochOrder(train.count, training.seed, epoch);
  const end = whole ? order.length - data.batchSize + 1 : order.length;
  for (let at = 0; at < end; at += data.batchSize)
    yield gather(train, order.subarray(at, at + data.batchSize), height * width);
}

/** Whole batches without end. */
function* endlessBatches(dataset: Dataset, config: RunConfig): Generator<Batch, never> {
  for (let epoch = 0; ; epoch++) yield* epochBatches(dataset, config, epoch, true);
}
