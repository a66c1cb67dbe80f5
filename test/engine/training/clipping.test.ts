import { expect, it } from 'vitest';
import type { LayerConfig, RunConfig } from '../../../shared/config.ts';
import {
  checkpointHash,
  checkpointSteps,
  smallDataset,
  temporaryFolder,
} from '../../support/folders.ts';
import { convolution, dense, flatten } from '../../support/networks.ts';
import { smallRun, trainUntilIdle } from '../../support/trainer.ts';

const dataset = await smallDataset(450, 20);

/** With many variables: the norm of their gradients is a sum of many terms. */
const layers: LayerConfig[] = [
  convolution({ kernel: [4, 5], stride: [3, 3], filters: 1, activation: 'gelu' }),
  convolution({ kernel: [3, 5], stride: [1, 2], filters: 4, activation: 'tanh' }),
  { type: 'batch-normalization', momentum: 0.9, epsilon: 1e-3, activation: 'sigmoid' },
  flatten,
  dense(7, { activation: 'tanh' }),
  dense(10),
];

it('scales the gradients by the same norm in each run: the weights are the same, bit by bit', async () => {
  const run = smallRun(dataset, 'float32');
  const config: RunConfig = {
    ...run,
    network: { name: 'many variables', layers },
    optimizer: { ...run.optimizer, clipNorm: 0.05 },
  };
  const trained = async (): Promise<string> => {
    const folder = temporaryFolder();
    await trainUntilIdle(folder, config);
    return checkpointHash(folder, checkpointSteps(folder).at(-1) ?? 0);
  };
  const first = await trained();
  for (let k = 0; k < 3; k++) expect(await trained()).toBe(first);
});
