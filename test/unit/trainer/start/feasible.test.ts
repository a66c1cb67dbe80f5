import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayerConfig } from '../../../../shared/config.ts';
import { networkShape, trainingBytes } from '../../../../shared/network-shape.ts';
import { presets, seedRun } from '../../../../shared/presets.ts';
import { estimatedBytes } from '../../../../main/trainer/start/feasible.ts';
import {
  evaluationBatch,
  EVALUATION_BYTES,
} from '../../../../main/trainer/tensorflow/evaluation-batch.ts';

const image = { height: 28, width: 28, channels: 1, classes: 10 };
const start = { type: 'he' } as const;

/** One convolution of 1×1, whose output is as large as a network of few parameters can have it. */
const wide = (filters: number): LayerConfig[] => [
  {
    type: 'convolution',
    filters,
    kernel: [1, 1],
    stride: [1, 1],
    padding: 'same',
    bias: true,
    activation: 'relu',
    start,
  },
  { type: 'global-average-pooling' },
  { type: 'dense', units: 10, bias: true, activation: 'none', start },
];
const memoryOf = (layers: readonly LayerConfig[]) => networkShape(layers, [28, 28, 1], 10).memory;

function estimated(layers: LayerConfig[], batchSize: number): number {
  const run = seedRun();
  const network = { name: 'wide', layers };
  return estimatedBytes({ ...run, network, data: { ...run.data, batchSize } }, image);
}

describe('an evaluation batch', () => {
  const forDigits = Object.entries(presets).filter(([name]) => name !== 'cifar');
  it.each(forDigits)('of preset %s has 256 examples', (_, preset) => {
    expect(evaluationBatch(memoryOf(preset().network.layers))).toBe(256);
  });

  it('of a network with large layers has fewer', () => {
    expect(evaluationBatch(memoryOf(wide(4096)))).toBe(9);
  });

  it('needs no more than a training step, or a fixed allowance', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e12, noNaN: true }),
        fc.integer({ min: 1, max: 512 }),
        (activations, batchSize) => {
          const memory = { parameters: 1000, activations };
          const size = evaluationBatch(memory);
          expect(size).toBeGreaterThanOrEqual(1);
          expect(2 * size * activations).toBeLessThanOrEqual(
            Math.max(trainingBytes(memory, batchSize), EVALUATION_BYTES),
          );
        },
      ),
    );
  });
});

it('the estimate has the larger of a training step and an evaluation', () => {
  const memory = memoryOf(wide(4096));
  expect(estimated(wide(4096), 128)).toBe(trainingBytes(memory, 128));
  expect(estimated(wide(4096), 1)).toBe(trainingBytes(memory, 0) + 2 * 9 * memory.activations);
});
