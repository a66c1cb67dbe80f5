import { expect, it } from 'vitest';
import { RunHistory } from '../../../main/run-history.ts';
import { firstBranch } from '../../../shared/branch.ts';
import { emptyHistory } from '../../../shared/branched-history.ts';
import { epoch, step } from './events.ts';

it('goes back to where a run goes on from', () => {
  const history = new RunHistory();
  for (const number of [10, 20, 30]) history.add(step(number));
  history.add(epoch(1, 20));
  history.add(epoch(2, 30));
  history.begin(firstBranch, 20);
  const { steps, epochs } = history.snapshot();
  expect(steps.map((event) => event.step)).toEqual([10, 20]);
  expect(epochs.map((event) => event.epoch)).toEqual([1]);
  history.begin(firstBranch, 0);
  expect(history.snapshot()).toEqual(emptyHistory);
});

it('stays bounded over hours, keeps every epoch, the newest step and the whole span', () => {
  const history = new RunHistory();
  for (let number = 1; number <= 100_000; number += 1) {
    history.add(step(number));
    if (number % 430 === 0) history.add(epoch(number / 430, number));
  }
  const { steps, epochs } = history.snapshot();
  expect(steps.length).toBeLessThanOrEqual(14_000);
  expect(steps.length).toBeGreaterThan(4_000);
  expect(steps.at(0)!.step).toBeLessThan(100);
  expect(steps.at(-1)!.step).toBe(100_000);
  expect(epochs).toHaveLength(232);
});

it('goes on along a branch: with its ancestors’ curves and events up to the forks', () => {
  const history = new RunHistory();
  const paused = (at: number) => ({ type: 'pause-began', epoch: 1, step: at }) as const;
  for (const number of [1, 2, 3]) {
    history.add(step(number));
    history.add(paused(number));
  }
  const second = { number: 2, forks: [{ branch: 1, step: 2 }] };
  history.begin(second, 2);
  history.add({ type: 'saved', epoch: 0, step: 2 });
  history.add(step(3));
  const expected = {
    branch: second,
    steps: [1, 2, 3].map(step),
    epochs: [],
    events: [
      { branch: 1, event: paused(1) },
      { branch: 1, event: paused(2) },
      { branch: 2, event: { type: 'saved', epoch: 0, step: 2 } },
    ],
  };
  expect(history.snapshot()).toEqual(expected);
  const reopened = new RunHistory();
  reopened.load(history.snapshot());
  expect(reopened.snapshot()).toEqual(expected);
  // Resumed from where it began, and trained anew.
  reopened.begin(second, 2);
  reopened.add(step(3));
  expect(reopened.snapshot()).toEqual(expected);
});
