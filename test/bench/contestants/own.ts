import * as v from 'valibot';
import { presets, seedRun } from '../../../shared/presets.ts';
import type { LayerConfig, RunConfig } from '../../../shared/config.ts';

export const ownOptions = v.strictObject({
  /** This engine; the app's training loop around it; or the same network op by op in tfjs-node. */
  by: v.picklist(['engine', 'app', 'eager']),
  network: v.optional(v.picklist(['seed', 'cifar'])),
  precision: v.picklist(['float32', 'bfloat16']),
  seed: v.number(),
  batchSize: v.optional(v.number()),
  /** Factor of every hidden layer's filters or units. */
  width: v.optional(v.number()),
  /** `mnist`, or a folder of IDX files, of which none is kept for validation. */
  dataset: v.optional(v.string()),
  /** Where the app's loop keeps its checkpoints. */
  folder: v.optional(v.string()),
});
export type OwnOptions = v.InferInput<typeof ownOptions>;

/** The preset for CIFAR-10, whose images stay as they are: its peers' do too. */
function cifarRun(): RunConfig {
  const run = presets.cifar?.({ height: 32, width: 32, channels: 3, classes: 10 }) ?? seedRun();
  return { ...run, data: { ...run.data, augmentation: null } };
}

/** A network and its run, with a seed, a batch size, a width and data of one's choice. */
export function configOf(options: Omit<OwnOptions, 'by'>): RunConfig {
  const { seed, precision, batchSize = 128, width = 1, dataset = 'mnist' } = options;
  const run = options.network === 'cifar' ? cifarRun() : seedRun();
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

/** What training was done, and in how long. */
export interface Done {
  examples: number;
  seconds: number;
}

/** A network, to be trained. */
export interface Trainer {
  /** Threads and what else makes it fast. */
  settings: string;
  /** Bytes of images and labels in memory. */
  dataBytes: number;
  /** So many steps, going on where the last call ended. */
  train(steps: number): Done | Promise<Done>;
  /**
   * Every training example once.
   * @returns accuracy on the test images
   */
  epoch(): Promise<number>;
}
