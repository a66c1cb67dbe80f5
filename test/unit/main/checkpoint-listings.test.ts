import { expect, test } from 'vitest';
import { CheckpointListings } from '../../../main/checkpoint-listings.ts';
import type { CheckpointList } from '../../../shared/checkpoint-listing.ts';

const listOf = (count: number): CheckpointList => ({
  type: 'list',
  checkpoints: Array.from({ length: count }, (_, k) => ({
    ...{ name: `model.ckpt-${k}`, branch: 1, step: k, epoch: k, bytes: 1, savedAt: 0 },
    ...{ validationLoss: null, validationAccuracy: null, damage: null },
    ...{ pinned: false, isNewest: k === 0, isBest: false },
  })),
  branches: [{ number: 1, forks: [] }],
  recovery: null,
  damaged: [],
  unrecorded: [],
});

const namesOf = (part: ReturnType<CheckpointListings['next']>): string[] =>
  part?.answer.type === 'list' ? part.answer.checkpoints.map(({ name }) => name) : [];

test('a long list goes in parts that make the whole of it', () => {
  const listings = new CheckpointListings();
  const list = listOf(2_345);
  const names: string[] = [];
  let part = listings.begin(list);
  for (;;) {
    names.push(...namesOf(part));
    expect(part.total).toBe(2_345);
    if (names.length === part.total) break;
    const next = listings.next({ listing: part.listing, from: names.length });
    if (!next) throw new Error('It ended before it was whole.');
    expect(namesOf(next).length).toBeLessThan(list.checkpoints.length);
    part = next;
  }
  expect(names).toEqual(list.checkpoints.map(({ name }) => name));
});

test('a part of a list that is not the last one is refused', () => {
  const listings = new CheckpointListings();
  const first = listings.begin(listOf(5_000));
  listings.begin(listOf(5_000));
  expect(listings.next({ listing: first.listing, from: 1_000 })).toBeNull();
});

test('a short list is whole at once, and a refusal goes as it is', () => {
  const listings = new CheckpointListings();
  const short = listings.begin(listOf(3));
  expect(namesOf(short)).toHaveLength(3);
  expect(listings.next({ listing: short.listing, from: 3 })).toBeNull();
  const failure = { what: 'It is gone.', where: '/folder', remedy: 'Look for it.' };
  expect(listings.begin({ type: 'refused', failure }).answer).toEqual({ type: 'refused', failure });
});
