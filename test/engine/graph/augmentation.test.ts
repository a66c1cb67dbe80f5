import { beforeAll, describe, expect, it } from 'vitest';
import type { Augmentation } from '../../../shared/augmentation.ts';
import type { RunConfig } from '../../../shared/config.ts';
import { loadDataset } from '../../support/datasets.ts';
import type { Dataset } from '../../../main/trainer/data/dataset.ts';
import { UNDIVIDED } from '../../../main/trainer/graph/layout.ts';
import { augmented as augmentedImages, copies } from '../../support/augmented.ts';
import { nothingAugmented } from '../../support/nothing-augmented.ts';
import { checkpointHash, smallDataset, temporaryFolder } from '../../support/folders.ts';
import { relativeError } from '../../support/gradients.ts';
import { failures, smallRun, STEPS_AN_EPOCH, trainUntilIdle } from '../../support/trainer.ts';

const SIDE = 28;
const SIZE = SIDE * SIDE;
const much: Augmentation = {
  ...nothingAugmented,
  shift: 3,
  rotate: 20,
  scale: 0.2,
  shear: 15,
  elastic: { strength: 2, smoothness: 4 },
};

let mnist: Dataset;
let dataset = '';
beforeAll(async () => {
  mnist = await loadDataset('mnist', 5000);
  dataset = await smallDataset(450, 100);
});

const augmenting = (run: RunConfig, augmentation: Augmentation | null): RunConfig => ({
  ...run,
  data: { ...run.data, augmentation },
});

/** Grey images as they come out at a step. */
const augmented = (
  augmentation: Augmentation | null,
  images: Uint8Array,
  options: Parameters<typeof augmentedImages>[3] = {},
): Promise<Float32Array[]> =>
  augmentedImages(
    augmentation,
    images,
    { height: SIDE, width: SIDE, channels: 1, classes: 10 },
    options,
  );

/** A soft blob in the middle: where it goes, and how it is stretched, can be measured from its moments. */
const blob = (wide: number, high: number): Uint8Array =>
  Uint8Array.from({ length: SIZE }, (_, k) => {
    const [x, y] = [(k % SIDE) - 13.5, Math.floor(k / SIDE) - 13.5];
    return Math.round(255 * Math.exp(-((x / wide) ** 2 + (y / high) ** 2) / 2));
  });

interface Moments {
  x: number;
  y: number;
  xx: number;
  yy: number;
  xy: number;
}

function moments(pixels: ArrayLike<number>): Moments {
  const values = Array.from(pixels);
  const mass = values.reduce((a, b) => a + b);
  const mean = (of: (x: number, y: number) => number): number =>
    values.reduce((sum, v, k) => sum + v * of((k % SIDE) - 13.5, Math.floor(k / SIDE) - 13.5), 0) /
    mass;
  const [x, y] = [mean((column) => column), mean((_, row) => row)];
  return {
    x,
    y,
    xx: mean((column) => (column - x) ** 2),
    yy: mean((_, row) => (row - y) ** 2),
    xy: mean((column, row) => (column - x) * (row - y)),
  };
}

const range = (values: readonly number[]): [number, number] => [
  Math.min(...values),
  Math.max(...values),
];

describe('augmentation', () => {
  it('of nothing gives the very same pixels', async () => {
    const images = mnist.train.images.subarray(0, 20 * SIZE);
    expect(await augmented(nothingAugmented, images)).toEqual(await augmented(null, images));
  });

  it('moves each image the same in shards, odd ones too', async () => {
    const images = mnist.train.images.subarray(0, 13 * SIZE);
    const whole = await augmented(much, images, { layout: UNDIVIDED });
    for (const [k, pixels] of (await augmented(much, images)).entries())
      expect(relativeError(pixels, whole[k] ?? []), `image ${k}`).toBeLessThan(1e-5);
  });

  it('shifts by up to so many pixels to every side, and evenly', async () => {
    const moved = (await augmented({ ...nothingAugmented, shift: 4 }, copies(blob(2, 2), 400))).map(
      moments,
    );
    for (const axis of ['x', 'y'] as const) {
      const [least, most] = range(moved.map((m) => m[axis]));
      expect(least).toBeGreaterThan(-4.01);
      expect(least).toBeLessThan(-3.7);
      expect(most).toBeLessThan(4.01);
      expect(most).toBeGreaterThan(3.7);
      const mean = moved.reduce((sum, m) => sum + m[axis], 0) / moved.length;
      // Deviation of the mean of 400 uniform draws: 4 / √3 / 20 = 0.12.
      expect(Math.abs(mean)).toBeLessThan(0.5);
    }
  });

  it('turns, scales and shears about the middle by up to what is said', async () => {
    const line = copies(blob(1.2, 3.5), 300);
    const upright = moments(line.subarray(0, SIZE));
    const angle = ({ xx, yy, xy }: Moments): number =>
      (Math.atan2(2 * xy, yy - xx) / 2) * (180 / Math.PI);
    const turned = (await augmented({ ...nothingAugmented, rotate: 30 }, line)).map(moments);
    expect(range(turned.map(angle))[0]).toBeCloseTo(-30, -0.5);
    expect(range(turned.map(angle))[1]).toBeCloseTo(30, -0.5);
    const grown = (await augmented({ ...nothingAugmented, scale: 0.2 }, line))
      .map(moments)
      .map(({ yy }) => Math.sqrt(yy / upright.yy));
    expect(range(grown)[0]).toBeCloseTo(0.8, 1);
    expect(range(grown)[1]).toBeCloseTo(1.2, 1);
    const sheared = (await augmented({ ...nothingAugmented, shear: 20 }, line)).map(moments);
    const leaning = sheared.map(({ xy, yy }) => Math.atan(xy / yy) * (180 / Math.PI));
    expect(range(leaning)[0]).toBeCloseTo(-20, -0.5);
    expect(range(leaning)[1]).toBeCloseTo(20, -0.5);
    for (const all of [turned, sheared])
      for (const { x, y } of all) expect(Math.hypot(x, y)).toBeLessThan(0.1);
  });

  it('bends by a smooth field whose root mean square is the strength that is said', async () => {
    const elastic = { strength: 1.5, smoothness: 5 };
    // Smoothing leaves less in the middle than at the edges, where it has fewer neighbours: what is said is the mean.
    const squares = Array.from({ length: SIDE }, (_, at) => {
      const row = Array.from({ length: SIDE }, (__, k) => Math.exp(-(((k - at) / 5) ** 2) / 2));
      const sum = row.reduce((a, b) => a + b);
      return row.reduce((a, weight) => a + (weight / sum) ** 2, 0);
    });
    const mean = squares.reduce((a, b) => a + b) / SIDE;
    const inTheMiddle = (elastic.strength * squares[14]!) / mean;
    // A blob that is small against the field's smoothness moves as the field does where it is.
    const moved = (await augmented({ ...nothingAugmented, elastic }, copies(blob(1, 1), 900))).map(
      moments,
    );
    for (const axis of ['x', 'y'] as const) {
      const deviation = Math.sqrt(moved.reduce((sum, m) => sum + m[axis] ** 2, 0) / moved.length);
      expect(deviation / inTheMiddle).toBeGreaterThan(0.9);
      expect(deviation / inTheMiddle).toBeLessThan(1.15);
    }
  });

  it('is a function of seed and step', async () => {
    const images = mnist.train.images.subarray(0, 8 * SIZE);
    const one = await augmented(much, images, { step: 5 });
    expect(await augmented(much, images, { step: 5 })).toEqual(one);
    expect(await augmented(much, images, { step: 6 })).not.toEqual(one);
    expect(await augmented(much, images, { step: 5, seed: 2 })).not.toEqual(one);
    // Each image has its own draw.
    const [first, second] = await augmented(much, copies(mnist.train.images.subarray(0, SIZE), 2));
    expect(first).not.toEqual(second);
    for (const pixels of one) {
      expect(Math.min(...pixels)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...pixels)).toBeLessThanOrEqual(1);
    }
  });

  it('is trained on, and a run that was ended and resumed ends with the same bits', async () => {
    const light = { brightness: 0.2, contrast: 0.2 };
    const all = { ...much, ...light, flip: true, crop: 3, cutOut: 7 };
    const run = augmenting(smallRun(dataset, 'float32'), all);
    const [whole, ended, plain] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    expect(failures(await trainUntilIdle(whole, run))).toEqual([]);
    await trainUntilIdle(ended, { ...run, training: { ...run.training, maxSteps: 10 } });
    await trainUntilIdle(ended, run);
    await trainUntilIdle(plain, augmenting(run, null));
    const last = 3 * STEPS_AN_EPOCH;
    expect(checkpointHash(ended, last)).toBe(checkpointHash(whole, last));
    expect(checkpointHash(plain, last)).not.toBe(checkpointHash(whole, last));
  });
});
