import { describe, expect, it } from 'vitest';
import type { LayerConfig, Precision } from '../../shared/config.ts';
import { compile } from '../../main/trainer/graph/compile.ts';
import { MOST_SIDE_BY_SIDE } from '../../main/trainer/graph/interleaving.ts';
import { mostSideBySide } from '../../main/trainer/kernels.ts';
import { Session, type Batch } from '../../main/trainer/session.ts';
import { liveSettings } from '../../main/trainer/settings.ts';
import { image, relativeError, testBatch } from './support/gradients.ts';
import { convolution, dense, descent, flatten, pooling } from './support/networks.ts';

/** Images side by side are a layout: what is computed of them is the same. */

const layers: LayerConfig[] = [
  convolution({ activation: 'relu' }),
  pooling({ size: [3, 2], stride: [2, 1] }),
  { type: 'dropout', rate: 0.4 },
  convolution({ kernel: [2, 3], padding: 'valid', filters: 4, activation: 'elu' }),
  pooling({ kind: 'l2' }),
  convolution({ kernel: [1, 1], filters: 4 }),
  pooling({ kind: 'average', padding: 'valid' }),
  flatten,
  dense(9, { activation: 'relu' }),
  { type: 'dropout', rate: 0.3 },
  dense(10),
];
const TOLERANCE: Record<Precision, number> = { float32: 1e-5, bfloat16: 0.03 };

interface Seen {
  weights: Map<string, Float32Array>;
  loss: number;
  evaluated: number;
}

/** One step and an evaluation, with at most so many images side by side. */
async function seen(batch: Batch, precision: Precision, most: number, rate: number): Promise<Seen> {
  const config = descent(
    layers.map((layer) => (layer.type === 'dropout' ? { ...layer, rate } : layer)),
    { learningRate: 0.1 },
  );
  const session = await Session.open(compile(config, precision, image, most));
  try {
    session.start();
    const evaluated = session.evaluate(batch).loss;
    const { loss } = session.train(batch, 3, liveSettings(config, config.optimizer.learningRate));
    return { weights: session.variables(), loss, evaluated };
  } finally {
    session.close();
  }
}

describe.each(['float32', 'bfloat16'] as const)('in %s', (precision) => {
  // A whole batch of sixteen; one that must be filled up; and one with less than lie side by side.
  it.each([16, 13, 3])('a step on %i is that on images by themselves', async (size) => {
    const batch = testBatch(size);
    const plain = await seen(batch, precision, 1, 0);
    const laid = await seen(batch, precision, MOST_SIDE_BY_SIDE, 0);
    const tolerance = TOLERANCE[precision];
    expect(Math.abs(laid.loss / plain.loss - 1)).toBeLessThan(tolerance);
    expect(Math.abs(laid.evaluated / plain.evaluated - 1)).toBeLessThan(tolerance);
    for (const [name, values] of plain.weights)
      expect(relativeError(laid.weights.get(name) ?? [], values), name).toBeLessThan(tolerance);
  });
});

it('is what the engine does, dropout and all, the same each time', async () => {
  const batch = testBatch(13);
  const [first, again] = [
    await seen(batch, 'float32', 8, 0.4),
    await seen(batch, 'float32', 8, 0.4),
  ];
  expect(first).toEqual(again);
  expect(first.loss).not.toBe((await seen(batch, 'float32', 8, 0)).loss);
});

it('is possible with this TensorFlow', async () => {
  expect(await mostSideBySide()).toBe(MOST_SIDE_BY_SIDE);
});
