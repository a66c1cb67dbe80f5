import { expect, it } from 'vitest';
import type { LayerConfig, RunConfig } from '../../../shared/config.ts';
import { layersHealth, type LayersHealth } from '../../../shared/layer-health.ts';
import { smallDataset, temporaryFolder } from '../../support/folders.ts';
import { convolution, dense, flatten } from '../../support/networks.ts';
import { smallRun, trainUntilIdle } from '../../support/trainer.ts';

/** Real runs that go wrong, and one that does not. */

const dataset = await smallDataset(450, 20);

async function healthOf(
  layers: LayerConfig[],
  optimizer: Partial<RunConfig['optimizer']>,
): Promise<LayersHealth> {
  const run = smallRun(dataset, 'float32');
  const events = await trainUntilIdle(temporaryFolder(), {
    ...run,
    network: { name: 'test', layers },
    optimizer: { ...run.optimizer, ...optimizer },
    training: { ...run.training, diagnosticsEvery: 3 },
  });
  const readings = events.filter((event) => event.type === 'diagnostics');
  return layersHealth(readings, 1)!;
}

const adam = { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
const he = { type: 'he' } as const;
const usual: LayerConfig[] = [
  convolution({ filters: 8, activation: 'relu', start: he }),
  { type: 'pooling', kind: 'max', size: [2, 2], stride: [2, 2], padding: 'same' },
  flatten,
  dense(32, { activation: 'relu', start: he }),
  dense(10, { start: { type: 'glorot' } }),
];

it('a deep network of sigmoids passes nothing on to its first layers', async () => {
  const start = { type: 'normal', deviation: 0.1 } as const;
  const deep = Array.from({ length: 7 }, () => dense(24, { activation: 'sigmoid', start }));
  const { findings } = await healthOf([flatten, ...deep, dense(10, { start })], {
    rule: { type: 'sgd' },
    learningRate: 0.1,
  });
  expect(findings[0]).toMatchObject({ kind: 'vanished', name: 'dense_1' });
  expect(findings.some(({ name }) => name === 'dense_7')).toBe(false);
});

it('too high a rate kills ReLUs, and a rate that is right none', async () => {
  const killed = await healthOf(usual, { rule: adam, learningRate: 1 });
  expect(killed.findings.find(({ kind }) => kind === 'dead')?.value).toBeGreaterThan(0.4);
  const well = await healthOf(usual, { rule: adam, learningRate: 1e-3 });
  expect(well).toMatchObject({ findings: [], learning: 3 });
  expect(well.evenness).toBeGreaterThan(0.01);
});
