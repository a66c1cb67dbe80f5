import { describe, expect, it } from 'vitest';
import type { LayerConfig } from '../../../shared/config.ts';
import { gradientCases } from '../../support/gradient-cases.ts';
import { oneStep, relativeError, testBatch, type Step } from '../../support/gradients.ts';
import { convolution, dense, descent, flatten } from '../../support/networks.ts';
import { widestPossible } from '../../support/side-by-side.ts';

/**
 * Every layer also computes in bfloat16, whose eight bits leave some 0.4 % of error in each number: its gradients are those of
 * float32, more coarsely. Bounds are more than twice what was seen.
 */
const TOLERANCE = 0.1;
/** Where a window's largest value becomes another one, its gradient goes elsewhere. */
const WHERE_MAXIMA_CHANGE = 0.3;

const gradientOf = ({ before, after }: Step, name: string): Float32Array =>
  (before.get(name) ?? new Float32Array()).map((value, k) => value - (after.get(name)?.[k] ?? NaN));

async function expectClose(layers: LayerConfig[]): Promise<void> {
  const config = descent(layers);
  const batch = testBatch(16);
  // In one layout dropout drops the same units.
  const layout = widestPossible('bfloat16');
  const fine = await oneStep(config, batch, 'float32', [], layout);
  const coarse = await oneStep(config, batch, 'bfloat16', [], layout);
  expect(coarse.before).toEqual(fine.before);
  expect(Math.abs(coarse.loss - fine.loss) / fine.loss).toBeLessThan(0.02);
  const errors = new Map(
    [...fine.before.keys()].map((name) => [
      name,
      relativeError(gradientOf(coarse, name), gradientOf(fine, name)),
    ]),
  );
  const maxima = layers.some((layer) => layer.type === 'pooling' && layer.kind === 'max');
  for (const [name, error] of errors)
    expect(error, name).toBeLessThan(maxima ? WHERE_MAXIMA_CHANGE : TOLERANCE);
  // It is computed in bfloat16 indeed.
  expect(Math.max(...errors.values())).toBeGreaterThan(1e-4);
}

describe('gradients in bfloat16 are those of float32, coarsely', () => {
  it.each(Object.entries(gradientCases))('%s', async (_, layers) => {
    await expectClose(layers);
  });

  it('dropout, alone and with ReLU', async () => {
    const dropout: LayerConfig = { type: 'dropout', rate: 0.3 };
    await expectClose([
      dropout,
      convolution({ activation: 'relu', bias: false }),
      dropout,
      flatten,
      dense(20, { activation: 'relu', bias: false }),
      dropout,
      dense(10),
    ]);
  });
});
