import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayerConfig, Precision } from '../../../shared/config.ts';
import { networkShape } from '../../../shared/network-shape.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { layoutOf, UNDIVIDED, WIDEST, type Layout } from '../../../main/trainer/graph/layout.ts';
import { widestLayout } from '../../../main/trainer/tensorflow/layout-support.ts';
import type { Batch } from '../../../main/trainer/data/batches.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { fedNumbers } from '../../../main/trainer/tensorflow/feeds.ts';
import { doneStep } from '../../support/steps.ts';
import { allowsSideBySide } from '../../support/side-by-side.ts';
import { image, testBatch } from '../../support/gradients.ts';
import {
  convolution,
  dense,
  descent,
  flatten,
  pooling,
  withScores,
} from '../../support/networks.ts';
import { imageLayers, isPossible } from '../../support/random-layers.ts';

/** However a batch lies, what is computed of it is the same. */

const layers: LayerConfig[] = [
  convolution({ activation: 'relu' }),
  pooling({ size: [3, 2], stride: [2, 1] }),
  { type: 'dropout', rate: 0.4 },
  convolution({ kernel: [2, 3], padding: 'valid', filters: 4, activation: 'elu' }),
  pooling({ kind: 'l2' }),
  convolution({ kernel: [1, 1], filters: 4 }),
  pooling({ kind: 'average', size: [2, 3], padding: 'valid' }),
  flatten,
  dense(9, { activation: 'relu' }),
  { type: 'dropout', rate: 0.3 },
  dense(10),
];
/** By windows that leave out a row of 9×6, then a row and a column of 4×2; by strided ones of 9×7, then of 4×3. */
const leaving: LayerConfig[] = withScores(
  pooling({ size: [1, 2], stride: [1, 1], padding: 'valid' }),
  convolution({ activation: 'relu' }),
  pooling({ kind: 'average', size: [2, 3], stride: [2, 2], padding: 'valid' }),
  convolution({ kernel: [1, 1], filters: 4 }),
  pooling({ kind: 'l2', size: [3, 1], stride: [2, 2], padding: 'valid' }),
);
const leavingByStrides: LayerConfig[] = withScores(
  convolution({ kernel: [2, 2], stride: [2, 2], padding: 'valid', activation: 'elu' }),
  pooling({ size: [3, 2], stride: [2, 2], padding: 'valid' }),
);
/** Those of which a batch's examples hang on one another in training. */
const mixing: LayerConfig[] = withScores(
  convolution({ bias: false }),
  { type: 'batch-normalization', momentum: 0.8, epsilon: 1e-3, activation: 'relu' },
  pooling(),
  { type: 'dropout', rate: 0.4 },
  convolution({ kernel: [1, 1], filters: 4, bias: false }),
  { type: 'batch-normalization', momentum: 0.8, epsilon: 1e-3, activation: 'tanh' },
  flatten,
  dense(9, { bias: false }),
  { type: 'batch-normalization', momentum: 0.8, epsilon: 1e-3, activation: 'none' },
);
const TOLERANCE: Record<Precision, number> = { float32: 1e-5, bfloat16: 0.03 };

interface Seen {
  weights: Map<string, Float32Array>;
  loss: number;
  evaluated: number;
}

const seen = (
  batch: Batch,
  precision: Precision,
  most: Layout,
  rate: number,
  batchSize = 16,
  list = layers,
): Promise<Seen> =>
  seenOf(
    list.map((layer) => (layer.type === 'dropout' ? { ...layer, rate } : layer)),
    batch,
    precision,
    most,
    batchSize,
  );

/** One step and an evaluation in a layout, or the widest that is possible below it. */
async function seenOf(
  list: LayerConfig[],
  batch: Batch,
  precision: Precision,
  most: Layout,
  batchSize: number,
): Promise<Seen> {
  const usual = descent(list, { learningRate: 0.1 });
  const config = { ...usual, data: { ...usual.data, batchSize } };
  const session = await Session.open(compile(config, precision, image, most));
  try {
    session.start();
    const evaluated = session.evaluate(batch).loss;
    const numbers = fedNumbers(config, config.optimizer.learningRate);
    const { loss } = doneStep(session.train(batch, 3, numbers)).outcome;
    return { weights: session.variables(), loss, evaluated };
  } finally {
    session.close();
  }
}

/** ‖a − b‖ of a variable. */
function distance(a: Seen, b: Seen, name: string): number {
  const others = b.weights.get(name) ?? new Float32Array();
  return Math.hypot(...others.map((value, k) => value - (a.weights.get(name)?.[k] ?? NaN)));
}

/** How far each variable may be from what it is: of one near zero, such as a mean after a normalisation, not by its own size alone. */
const boundsOf = ({ weights }: Seen, tolerance: number): Map<string, number> =>
  new Map(
    [...weights].map(([name, values]) => [name, tolerance * Math.max(Math.hypot(...values), 1e-2)]),
  );

function expectSame(
  a: Seen,
  b: Seen,
  tolerance: number,
  bounds: ReadonlyMap<string, number> = boundsOf(a, tolerance),
): void {
  expect(Math.abs(b.loss / a.loss - 1)).toBeLessThan(tolerance);
  expect(Math.abs(b.evaluated / a.evaluated - 1)).toBeLessThan(tolerance);
  for (const [name, bound] of bounds) expect(distance(a, b, name), name).toBeLessThan(bound);
}

/** The same examples, another one first: what differs in a step on them is rounding alone. */
function turned({ images, labels, size }: Batch, by: number): Batch {
  const length = images.length / size;
  return {
    images: Uint8Array.from([...images.subarray(by * length), ...images.subarray(0, by * length)]),
    labels: Uint8Array.from([...labels.subarray(by), ...labels.subarray(0, by)]),
    size,
  };
}

/**
 * A gradient whose many terms nearly cancel, such as the shift of a normalisation's one channel, is rounded by more than a share of
 * itself. By how much is measured: undivided, with the examples in other orders.
 */
async function boundsWithRounding(
  list: LayerConfig[],
  batch: Batch,
  whole: Seen,
  tolerance: number,
): Promise<Map<string, number>> {
  const bounds = boundsOf(whole, tolerance);
  for (const by of [1, 3, 6, 9]) {
    const same = await seenOf(list, turned(batch, by), 'float32', UNDIVIDED, 16);
    for (const [name, bound] of bounds)
      bounds.set(name, Math.max(bound, 10 * distance(whole, same, name)));
  }
  return bounds;
}

const layouts: Layout[] = [{ shards: 1, sideBySide: 8 }, { shards: 2, sideBySide: 1 }, WIDEST];

describe.each(['float32', 'bfloat16'] as const)('in %s', (precision) => {
  describe.each(layouts)('$shards shards, $sideBySide images side by side', (layout) => {
    const possible = layout.sideBySide === 1 || allowsSideBySide[precision];
    // A whole batch of sixteen; one that must be filled up; and one with less than a layout takes.
    it.runIf(possible).each([16, 13, 3])(
      'a step on %i is that on the whole batch, image by image',
      async (size) => {
        const batch = testBatch(size);
        const whole = await seen(batch, precision, UNDIVIDED, 0);
        expectSame(whole, await seen(batch, precision, layout, 0), TOLERANCE[precision]);
      },
    );

    it.runIf(possible).each([
      ['windows', leaving],
      ['strided convolutions', leavingByStrides],
    ])('so it is where %s leave out the last rows and columns', async (_, list) => {
      const batch = testBatch(16);
      const whole = await seen(batch, precision, UNDIVIDED, 0, 16, list);
      const divided = await seen(batch, precision, layout, 0, 16, list);
      expectSame(whole, divided, TOLERANCE[precision]);
    });
  });
});

it.each([16, 13, 3])('normalises %i examples by the whole batch, in shards too', async (size) => {
  const batch = testBatch(size);
  const [whole, shards] = [
    await seen(batch, 'float32', UNDIVIDED, 0, 16, mixing),
    await seen(batch, 'float32', WIDEST, 0, 16, mixing),
  ];
  expectSame(whole, shards, 1e-4);
});

it('normalises one example, which is there for each shard', async () => {
  const batch = testBatch(1);
  const list = mixing.slice(0, 3).concat(flatten, dense(10));
  const [whole, shards] = [
    await seen(batch, 'float32', UNDIVIDED, 0, 16, list),
    await seen(batch, 'float32', WIDEST, 0, 16, list),
  ];
  expectSame(whole, shards, 1e-4);
});

it('is what the engine does, dropout and all, the same each time', async () => {
  const batch = testBatch(13);
  const [first, again] = [
    await seen(batch, 'float32', WIDEST, 0.4),
    await seen(batch, 'float32', WIDEST, 0.4),
  ];
  expect(first).toEqual(again);
  expect(first.loss).not.toBe((await seen(batch, 'float32', WIDEST, 0)).loss);
});

it('drops the same units in shards', async () => {
  const batch = testBatch(16);
  const whole = await seen(batch, 'float32', { shards: 1, sideBySide: 4 }, 0.4);
  const shards = await seen(batch, 'float32', { shards: 2, sideBySide: 4 }, 0.4);
  expectSame(whole, shards, TOLERANCE.float32);
});

it('drops the same units of every batch that must be filled up', async () => {
  const batch = testBatch(31);
  const whole = await seen(batch, 'float32', { shards: 1, sideBySide: 8 }, 0.4, 31);
  expectSame(whole, await seen(batch, 'float32', WIDEST, 0.4, 31), TOLERANCE.float32);
});

/** @returns whether it is known that a processor has it */
const hasFeature = (flag: string): boolean =>
  existsSync('/proc/cpuinfo') && readFileSync('/proc/cpuinfo', 'utf8').includes(` ${flag} `);

it.runIf(process.arch === 'x64')('can have images side by side with this TensorFlow', async () => {
  expect((await widestLayout('float32')).sideBySide).toBe(2);
});

it.runIf(hasFeature('avx512f'))('in bfloat16 too where the processor can', async () => {
  expect((await widestLayout('bfloat16')).sideBySide).toBe(WIDEST.sideBySide);
});

/** As drawn; or with odd windows that are moved by one, so that images may lie side by side. */
const stacks = fc.tuple(imageLayers, fc.boolean()).map(([drawn, sliding]) =>
  withScores(
    ...drawn.map((layer): LayerConfig => {
      if (layer.type === 'dropout') return { ...layer, rate: 0 };
      if (layer.type !== 'convolution' || !sliding) return layer;
      const [height, width] = layer.kernel;
      return { ...layer, kernel: [height, width | 1], stride: [1, 1], padding: 'same' };
    }),
  ),
);

it('is the same whatever the network', async () => {
  const ways = new Set<string>();
  const property = fc.asyncProperty(stacks, fc.constantFrom(...layouts), async (list, layout) => {
    fc.pre(isPossible(list, image));
    const batch = testBatch(13);
    const whole = await seenOf(list, batch, 'float32', UNDIVIDED, 16);
    const divided = await seenOf(list, batch, 'float32', layout, 16);
    const isFar = [...boundsOf(whole, 1e-4)].some(
      ([name, bound]) => distance(whole, divided, name) >= bound,
    );
    const bounds = isFar ? await boundsWithRounding(list, batch, whole, 1e-4) : undefined;
    expectSame(whole, divided, 1e-4, bounds);
    const network = networkShape(list, [image.height, image.width, 1], image.classes);
    ways.add(JSON.stringify(layoutOf(network, 16, layout)));
  });
  // Of the few that are drawn, none may let images lie side by side; this one does.
  const examples = layouts.map((layout): [LayerConfig[], Layout] => [
    withScores(convolution({ activation: 'relu' })),
    layout,
  ]);
  const numRuns = examples.length + Number(process.env.RUNS ?? 14);
  await fc.assert(property, { numRuns, examples });
  expect(ways.size).toBeGreaterThan(2);
});
