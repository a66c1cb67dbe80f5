import fc from 'fast-check';
import { expect, it } from 'vitest';
import { epochOrder, gatherBatch } from '../../../../main/trainer/data/batches.ts';

it('an epoch’s order holds every example once, and follows from seed and epoch', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(), fc.nat(1000), (count, seed, epoch) => {
      const order = epochOrder(count, seed, epoch);
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, k) => k));
      expect(epochOrder(count, seed, epoch)).toEqual(order);
    }),
  );
});

it('epochs and seeds differ in their order', () => {
  const orders = [
    epochOrder(100, 1, 0),
    epochOrder(100, 1, 1),
    epochOrder(100, 2, 0),
    epochOrder(100, 2, 1),
  ];
  expect(new Set(orders.map((order) => order.join())).size).toBe(4);
});

it('a batch holds the images and labels that were asked for, in that order', () => {
  const examples = {
    images: Uint8Array.of(1, 1, 2, 2, 3, 3),
    labels: Uint8Array.of(7, 8, 9),
    count: 3,
  };
  const batch = gatherBatch(examples, Uint32Array.of(2, 0), 2);
  expect([...batch.images]).toEqual([3, 3, 1, 1]);
  expect([...batch.labels]).toEqual([9, 7]);
});
