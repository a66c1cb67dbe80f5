import * as v from 'valibot';
import { seedRun } from '../../../shared/presets.ts';
import type { LayerConfig, RunConfig } from '../../../shared/config.ts';
import { epochOrder, gather } from '../../../main/trainer/data/batches.ts';
import type { Dataset } from '../../../main/trainer/data/dataset.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { widestLayout } from '../../../main/trainer/kernels.ts';
import type { Batch } from '../../../main/trainer/feeds.ts';
import { Session } from '../../../main/trainer/session.ts';
import { liveSettings } from '../../../main/trainer/settings.ts';
import { eagerNetwork } from './eager-network.ts';

export const ownOptions = v.strictObject({
  /** Op by op in tfjs-node instead of this engine. */
  eager: v.optional(v.boolean()),
  precision: v.picklist(['float32', 'bfloat16']),
  seed: v.number(),
  batchSize: v.optional(v.number()),
  /** Factor of every hidden layer's filters or units. */
  width: v.optional(v.number()),
  /** `mnist`, or a folder of IDX files, of which none is kept for validation. */
  dataset: v.optional(v.string()),
});
export type OwnOptions = v.InferInput<typeof ownOptions>;

/** The seed network and its run, with a seed, a batch size, a width and data of one's choice. */
export function configOf(options: OwnOptions): RunConfig {
  const { seed, precision, batchSize = 128, width = 1, dataset = 'mnist' } = options;
  const run = seedRun();
  const last = run.network.layers.length - 1;
  const widened = (layer: LayerConfig): LayerConfig => {
    if (layer.type === 'convolution')
      return { ...layer, filters: Math.round(layer.filters * width) };
    if (layer.type === 'dense') return { ...layer, units: Math.round(layer.units * width) };
    return layer;
  };
  return {
    ...run,
    network: {
      ...run.network,
      layers: run.network.layers.map((layer, k) => (k === last ? layer : widened(layer))),
    },
    data: { ...run.data, dataset, batchSize, validationSize: dataset === 'mnist' ? 5_000 : 0 },
    training: { ...run.training, seed, precision },
  };
}

/** Something that trains the seed network, a batch a call. */
export interface Trainer {
  step(batch: Batch, step: number): void;
  session: Session | null;
}

export async function trainerOf(
  options: OwnOptions,
  config: RunConfig,
  { height, width, classes }: Dataset,
): Promise<Trainer> {
  if (options.eager === true) return { step: eagerNetwork(), session: null };
  const image = { height, width, channels: 1, classes };
  const session = await Session.open(
    compile(config, options.precision, image, await widestLayout()),
  );
  session.start();
  const settings = liveSettings(config, config.optimizer.learningRate);
  return {
    session,
    step(batch, step) {
      session.train(batch, step, settings);
    },
  };
}

/** An epoch's batches in training order, put together as training does it. @param whole leaves the smaller last one out */
export function* epochBatches(
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
export function* endlessBatches(dataset: Dataset, config: RunConfig): Generator<Batch, never> {
  for (let epoch = 0; ; epoch++) yield* epochBatches(dataset, config, epoch, true);
}
