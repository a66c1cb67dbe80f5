import { describe, expect, it } from 'vitest';
import type { LayerConfig, RunConfig } from '../../../shared/config.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import type { Batch } from '../../../main/trainer/data/batches.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { fedNumbers } from '../../../main/trainer/tensorflow/feeds.ts';
import { image, testBatch } from '../../support/gradients.ts';
import { dense, descent, flatten } from '../../support/networks.ts';
import { widestPossible } from '../../support/side-by-side.ts';

/**
 * Dropout's masks as they are. In a step on one image the gradient of a dense layer's weights is its input times the output's
 * gradient, so a row of it is zero just where the input was dropped.
 */

const UNITS = image.height * image.width;

const dropout = (rate: number): LayerConfig => ({ type: 'dropout', rate });

const openSession = (config: RunConfig, precision: 'float32' | 'bfloat16' = 'float32') =>
  Session.open(compile(config, precision, image, widestPossible(precision)));

/** The gradient that a step at rate 1 took off a weight. */
function gradientAt(
  session: Session,
  config: RunConfig,
  batch: Batch,
  step: number,
  name: string,
): Float32Array {
  session.start();
  const before = session.variables().get(name) ?? new Float32Array();
  session.train(batch, step, fedNumbers(config, 1));
  const after = session.variables().get(name) ?? new Float32Array();
  return before.map((value, k) => value - (after[k] ?? NaN));
}

/** Which rows of a gradient [inputs, 10] are not all zero. */
const keptRows = (gradient: Float32Array): boolean[] =>
  Array.from({ length: gradient.length / 10 }, (_, row) =>
    gradient.subarray(row * 10, row * 10 + 10).some((value) => value !== 0),
  );

/** The pixels that each of `steps` steps keeps of one image without a zero. */
async function pixelMasks(
  rate: number,
  steps: number,
  options: { seed?: number; precision?: 'float32' | 'bfloat16'; before?: LayerConfig[] } = {},
): Promise<boolean[][]> {
  const made = descent([flatten, ...(options.before ?? []), dropout(rate), dense(10)]);
  const config = { ...made, training: { ...made.training, seed: options.seed ?? 1 } };
  const session = await openSession(config, options.precision);
  const batch = testBatch(1);
  const masks = Array.from({ length: steps }, (_, step) =>
    keptRows(gradientAt(session, config, batch, step, 'dense_1/weights')),
  );
  session.close();
  return masks;
}

const share = (mask: readonly boolean[]): number => mask.filter(Boolean).length / mask.length;

describe('a mask', () => {
  it.each([0.05, 0.2, 0.5, 0.501, 0.9, 0.99])(
    'at rate %f keeps as many as it should',
    async (rate) => {
      const steps = 120;
      const kept = share((await pixelMasks(rate, steps)).flat());
      // Five deviations of a binomial, and of the threshold that all of a step's units share.
      const deviation =
        Math.sqrt((rate * (1 - rate)) / (steps * UNITS)) + 1 / 256 / Math.sqrt(steps);
      expect(Math.abs(kept - (1 - rate))).toBeLessThan(5 * deviation);
    },
  );

  it('keeps each unit about equally often, and neighbours independently', async () => {
    const steps = 200;
    const masks = await pixelMasks(0.5, steps);
    for (let unit = 0; unit < UNITS; unit++) {
      const often = share(masks.map((mask) => mask[unit] ?? false));
      expect(Math.abs(often - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / steps));
    }
    const pairs = masks.flatMap((mask) => mask.slice(1).map((kept, k) => kept === mask[k]));
    expect(Math.abs(share(pairs) - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / pairs.length));
  });

  it('is another for each step and seed, and the same again for the same', async () => {
    const masks = await pixelMasks(0.5, 40);
    expect(new Set(masks.map((mask) => mask.join())).size).toBe(40);
    expect(await pixelMasks(0.5, 40)).toEqual(masks);
    expect(await pixelMasks(0.5, 40, { precision: 'bfloat16' })).toEqual(masks);
    expect((await pixelMasks(0.5, 1, { seed: 2 }))[0]).not.toEqual(masks[0]);
  });

  it('of two dropouts are two', async () => {
    // Both at one half: a quarter is left if they are independent, a half if they are one.
    const left = share((await pixelMasks(0.5, 60, { before: [dropout(0.5)] })).flat());
    expect(Math.abs(left - 0.25)).toBeLessThan(0.04);
  });

  it('of a batch is another for each of its examples', async () => {
    // Ten times one image: with one mask for all, its pixels would be kept or dropped all together, a half of them never seen.
    const one = testBatch(1);
    const batch: Batch = {
      images: Uint8Array.from({ length: 10 * UNITS }, (_, k) => one.images[k % UNITS] ?? 0),
      labels: new Uint8Array(10).fill(3),
      size: 10,
    };
    const config = descent([flatten, dropout(0.5), dense(10)]);
    const session = await openSession(config);
    const seen = share(keptRows(gradientAt(session, config, batch, 0, 'dense_1/weights')));
    session.close();
    expect(seen).toBeGreaterThan(0.95);
  });
});

it('what is kept is scaled so that the mean stays: 1 / (1 − rate)', async () => {
  const rate = 0.75;
  const batch = testBatch(1);
  // All weights zero: the scores, and so their gradient, are the same with dropout and without.
  const gradients = await Promise.all(
    [rate, 0].map(async (r) => {
      const config = descent([flatten, dropout(r), dense(10, { start: { type: 'zeros' } })]);
      const session = await openSession(config);
      const gradient = gradientAt(session, config, batch, 0, 'dense_1/weights');
      session.close();
      return gradient;
    }),
  );
  const [dropped, whole] = gradients;
  const kept = keptRows(dropped ?? new Float32Array());
  expect(share(kept)).toBeGreaterThan(0);
  dropped?.forEach((value, k) => {
    const expected = kept[Math.floor(k / 10)] ? (whole?.[k] ?? NaN) / (1 - rate) : 0;
    expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-5 * Math.abs(expected));
  });
});

it('one with ReLU, its scale in the layer before, learns what the two apart would', async () => {
  const rate = 0.5;
  const batch = testBatch(1);
  const first = dense(40, { activation: 'relu', bias: false });
  const config = descent([flatten, first, dropout(rate), dense(10, { bias: false })]);
  const session = await openSession(config);
  session.start();
  const before = session.variables();
  const outer = gradientAt(session, config, batch, 0, 'dense_2/weights');
  const inner = gradientAt(session, config, batch, 0, 'dense_1/weights');
  session.close();
  const w1 = before.get('dense_1/weights') ?? new Float32Array();
  const w2 = before.get('dense_2/weights') ?? new Float32Array();
  const x = Array.from(batch.images, (byte) => byte / 255);
  const alive = keptRows(outer);
  const h = alive.map((kept, unit) => {
    const sum = x.reduce((a, value, k) => a + value * (w1[k * 40 + unit] ?? NaN), 0);
    return kept ? Math.max(sum, 0) / (1 - rate) : 0;
  });
  expect(share(alive)).toBeGreaterThan(0.05);
  const logits = Array.from({ length: 10 }, (_, c) =>
    h.reduce((a, value, unit) => a + value * (w2[unit * 10 + c] ?? NaN), 0),
  );
  const total = logits.reduce((a, z) => a + Math.exp(z), 0);
  const dz = logits.map((z, c) => Math.exp(z) / total - (c === batch.labels[0] ? 1 : 0));
  const dh = alive.map((kept, unit) =>
    kept ? dz.reduce((a, d, c) => a + d * (w2[unit * 10 + c] ?? NaN), 0) / (1 - rate) : 0,
  );
  let scale = 0;
  let off = 0;
  inner.forEach((value, k) => {
    const expected = (x[Math.floor(k / 40)] ?? NaN) * (dh[k % 40] ?? NaN);
    off += (value - expected) ** 2;
    scale += expected ** 2;
  });
  expect(Math.sqrt(off / scale)).toBeLessThan(1e-4);
  off = scale = 0;
  outer.forEach((value, k) => {
    const expected = (h[Math.floor(k / 10)] ?? NaN) * (dz[k % 10] ?? NaN);
    off += (value - expected) ** 2;
    scale += expected ** 2;
  });
  expect(Math.sqrt(off / scale)).toBeLessThan(1e-4);
});

it('prediction drops nothing and scales nothing', async () => {
  const session = await openSession(
    descent([
      flatten,
      dropout(0.5),
      dense(20, { activation: 'relu', bias: false }),
      dropout(0.9),
      dense(10),
    ]),
  );
  session.start();
  const values = session.variables();
  const batch = testBatch(1);
  const times = (x: readonly number[], name: string, outputs: number): number[] =>
    Array.from({ length: outputs }, (_, unit) =>
      x.reduce((a, value, k) => a + value * (values.get(name)?.[k * outputs + unit] ?? NaN), 0),
    );
  const pixels = Array.from(batch.images, (byte) => byte / 255);
  const hidden = times(pixels, 'dense_1/weights', 20).map((value) => Math.max(value, 0));
  const scores = times(hidden, 'dense_2/weights', 10).map(Math.exp);
  const total = scores.reduce((a, b) => a + b, 0);
  const probabilities = session.predict(batch.images);
  session.close();
  scores.forEach((score, k) => {
    expect(probabilities[k]).toBeCloseTo(score / total, 5);
  });
});
