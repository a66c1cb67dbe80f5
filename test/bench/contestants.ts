import { seedRun } from '../../shared/presets.ts';
import type { Precision } from '../../shared/config.ts';
import { epochOrder, gather } from '../../main/trainer/data/batches.ts';
import { loadDataset, type Dataset } from '../../main/trainer/data/dataset.ts';
import { compile } from '../../main/trainer/graph/compile.ts';
import { Session, type Batch } from '../../main/trainer/session.ts';
import { liveSettings } from '../../main/trainer/settings.ts';
import { eagerNetwork } from './eager-network.ts';

export const contestants = [
  'this engine, bfloat16',
  'this engine, float32',
  'op by op in tfjs-node',
] as const;
export type Contestant = (typeof contestants)[number];

const BATCH = 128;
const IMAGE = 28 * 28;

/** One training step. */
type Step = (batch: Batch, step: number) => void;

async function ourStep(precision: Precision): Promise<Step> {
  const config = seedRun();
  const image = { height: 28, width: 28, channels: 1, classes: 10 };
  const session = await Session.open(compile(config, precision, image));
  session.start();
  const settings = liveSettings(config, config.optimizer.learningRate);
  return (batch, step) => {
    session.train(batch, step, settings);
  };
}

async function stepOf(name: string): Promise<Step> {
  switch (name as Contestant) {
    case 'this engine, bfloat16':
      return ourStep('bfloat16');
    case 'this engine, float32':
      return ourStep('float32');
    case 'op by op in tfjs-node':
      return eagerNetwork();
  }
}

/** Batches in training order, put together as training does it. */
function* batches(dataset: Dataset): Generator<Batch, never> {
  for (let epoch = 0; ; epoch++) {
    const order = epochOrder(dataset.train.count, 1, epoch);
    for (let at = 0; at + BATCH <= order.length; at += BATCH)
      yield gather(dataset.train, order.subarray(at, at + BATCH), IMAGE);
  }
}

/** A contestant's process: answers each `{steps}` with the speed at which it did them. */
export async function runContestant(name: string): Promise<void> {
  const source = batches(await loadDataset('mnist', 5_000));
  const step = await stepOf(name);
  let done = 0;
  process.on('message', ({ steps }: { steps: number }) => {
    const since = performance.now();
    for (let k = 0; k < steps; k++) step(source.next().value, done++);
    const seconds = (performance.now() - since) / 1000;
    process.send?.({ examplesPerSecond: (steps * BATCH) / seconds });
  });
}
