import { beforeAll, describe, expect, it } from 'vitest';
import { alikePairs } from '../../../../main/trainer/data/alike.ts';
import type { Dataset } from '../../../../main/trainer/data/dataset.ts';
import { loadDataset } from '../../../support/datasets.ts';

let mnist: Dataset;
beforeAll(async () => {
  mnist = await loadDataset('mnist', 0);
});

const unstopped = new AbortController().signal;
const SIZE = 784;
const part = (of: 'train' | 'test', count: number): Dataset['train'] => ({
  images: mnist[of].images.slice(0, count * SIZE),
  labels: mnist[of].labels.slice(0, count),
  count,
});

describe('images that look alike', () => {
  it('are found among others: a copy, and one that is a little brighter', async () => {
    const [train, test] = [part('train', 2_000), part('test', 300)];
    test.images.set(train.images.subarray(1_234 * SIZE, 1_235 * SIZE), 7 * SIZE);
    const brighter = train.images.slice(55 * SIZE, 56 * SIZE).map((pixel) => (pixel * 24) / 25);
    test.images.set(brighter, 250 * SIZE);
    const pairs = await alikePairs({ ...mnist, train, test }, 50, unstopped);
    expect(pairs[0]).toEqual({ test: 7, train: 1_234, difference: 0 });
    const second = pairs.find((pair) => pair.test === 250);
    expect(second?.train).toBe(55);
    expect(second?.difference).toBeGreaterThan(0);
    expect(second?.difference).toBeLessThan(3);
    // Other digits are not taken for alike.
    expect(pairs.length).toBeLessThan(10);
  });

  it('are not images of one brightness all over', async () => {
    const blank = { images: new Uint8Array(10 * SIZE), labels: new Uint8Array(10), count: 10 };
    expect(await alikePairs({ ...mnist, train: blank, test: blank }, 50, unstopped)).toEqual([]);
  });

  it('are no more than were asked for, the most alike first', async () => {
    const train = part('train', 40);
    const pairs = await alikePairs({ ...mnist, train, test: train }, 30, unstopped);
    expect(pairs).toHaveLength(30);
    expect(pairs.every(({ difference }) => difference === 0)).toBe(true);
  });
});
