import type { LayerConfig, LayerOf, RunConfig } from '../../shared/config.ts';
import { seedRun } from '../../shared/presets.ts';

/** Small layers for tests, with numbers large enough that rounding does not hide a wrong rule. */

const start = { type: 'normal', deviation: 0.4 } as const;

export const convolution = (options: Partial<LayerOf<'convolution'>> = {}): LayerConfig => ({
  type: 'convolution',
  filters: 3,
  kernel: [3, 3],
  stride: [1, 1],
  padding: 'same',
  bias: true,
  activation: 'none',
  start,
  ...options,
});

export const pooling = (options: Partial<LayerOf<'pooling'>> = {}): LayerConfig => ({
  type: 'pooling',
  kind: 'max',
  size: [2, 2],
  stride: [2, 2],
  padding: 'same',
  ...options,
});

export const dense = (units: number, options: Partial<LayerOf<'dense'>> = {}): LayerConfig => ({
  type: 'dense',
  units,
  bias: true,
  activation: 'none',
  start,
  ...options,
});

export const flatten: LayerConfig = { type: 'flatten' };

/** Flattened, then ten scores. */
export const withScores = (...layers: LayerConfig[]): LayerConfig[] => [
  ...layers,
  flatten,
  dense(10),
];

/** A run of these layers by plain gradient descent at rate 1: a step takes exactly the gradient off each weight. */
export function descent(
  layers: LayerConfig[],
  options: Partial<RunConfig['optimizer']> = {},
): RunConfig {
  const run = seedRun();
  return {
    ...run,
    network: { name: 'test', layers },
    optimizer: { ...run.optimizer, rule: { type: 'sgd' }, learningRate: 1, ...options },
    data: { ...run.data, batchSize: 16 },
  };
}
