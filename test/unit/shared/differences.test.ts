import { describe, expect, it } from 'vitest';
import type { LayerConfig, RunConfig } from '../../../shared/config.ts';
import { differencesBetween } from '../../../shared/differences.ts';
import { fieldList } from '../../../shared/fields.ts';
import { presets, seedRun } from '../../../shared/presets.ts';
import { valueAt, withValueAt } from '../../../shared/setting-paths.ts';

const withLayers = (change: (layers: LayerConfig[]) => LayerConfig[]): RunConfig => {
  const run = seedRun();
  return { ...run, network: { ...run.network, layers: change(run.network.layers) } };
};
const lines = (a: RunConfig, b: RunConfig): string[] =>
  differencesBetween(a, b).map(({ label, was, is }) => `${label}: ${was} → ${is}`);

describe('differencesBetween', () => {
  it('finds none in equal runs', () => {
    for (const preset of Object.values(presets))
      expect(differencesBetween(preset(), preset())).toEqual([]);
  });

  it('names every setting of the seed run by its label, alone', () => {
    for (const [path, { label }] of fieldList) {
      const value = valueAt(seedRun(), path);
      if (typeof value !== 'number') continue;
      const other = withValueAt(seedRun(), path, value + 1) as RunConfig;
      expect(differencesBetween(seedRun(), other)).toEqual([
        { path, label, was: String(value), is: String(value + 1) },
      ]);
    }
  });

  it('says what was switched on, with its settings', () => {
    const run = seedRun();
    const other = {
      ...run,
      training: { ...run.training, maxSteps: 3, earlyStopping: { patience: 2, minimumGain: 0 } },
    };
    expect(lines(run, other)).toEqual([
      'Most steps: none → 3',
      'Early stopping: off → on',
      'Early stopping patience: none → 2',
      'Early stopping least gain: none → 0',
    ]);
  });

  it('says what another optimizer has and has not', () => {
    const run = seedRun();
    const other = presets['lenet-5']!();
    expect(lines(run, { ...run, optimizer: other.optimizer })).toEqual([
      'Optimizer: rmsprop → adam',
      'Decay of the mean square: 0.9 → none',
      'Momentum: 0 → none',
      'Epsilon: 1e-10 → 1e-7',
      'Start of the mean square: 1 → none',
      'Beta 1: none → 0.9',
      'Beta 2: none → 0.999',
    ]);
  });

  it('names a layer’s setting by the layer and its place', () => {
    const other = withLayers((layers) =>
      layers.map((layer, k) => {
        if (layer.type === 'dropout') return { ...layer, rate: k === 2 ? 0.1 : layer.rate };
        if (layer.type === 'convolution')
          return k === 3 ? { ...layer, kernel: [5, 3], start: { type: 'he' } } : layer;
        return layer;
      }),
    );
    expect(lines(seedRun(), other)).toEqual([
      'Dropout rate of dropout_1 (layer 3): 0.2 → 0.1',
      'Window of convolution_2 (layer 4): 3×3 → 5×3',
      'Weight start of convolution_2 (layer 4): normal → he',
      'Weight start’s deviation of convolution_2 (layer 4): 0.01 → none',
    ]);
    expect(differencesBetween(seedRun(), other)[0]?.path).toBe('network.layers.2.rate');
  });

  it('says which layers were put in or taken out, and compares those around them', () => {
    const without = withLayers((layers) => layers.filter((_, k) => k !== 10));
    expect(lines(seedRun(), without)).toEqual(['Layer 11: dense_1 → none']);
    expect(lines(without, seedRun())).toEqual(['Layer 11: none → dense_1']);
    const other = withLayers((layers) =>
      layers.flatMap((layer) => {
        if (layer.type === 'flatten') return [{ type: 'global-average-pooling' } as const];
        return layer.type === 'dense' && layer.units === 10 ? [{ ...layer, bias: true }] : [layer];
      }),
    );
    expect(lines(seedRun(), other)).toEqual([
      'Layer 10: flatten_1 → global_average_pooling_1',
      'Bias of dense_2 (layer 13): false → true',
    ]);
  });
});
