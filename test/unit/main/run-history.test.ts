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

it('keeps every change, those at one step too, and bounds what comes again and again', () => {
  const history = new RunHistory();
  const changed = (rate: number) =>
    ({ type: 'changed', epoch: 1, step: 9, change: { learningRate: rate } }) as const;
  history.add(changed(0.1));
  history.add(changed(0.2));
  for (let at = 1; at <= 100_000; at += 1) {
    history.add({ type: 'saved', epoch: 0, step: at });
    history.add({ type: 'diagnostics', epoch: 1, step: at, layers: [] });
  }
  for (let at = 0; at < 998; at += 1) history.add({ type: 'pause-began', epoch: 1, step: 100_000 });
  const { events } = history.snapshot();
  const of = (type: string) => events.filter(({ event }) => event.type === type);
  expect(of('changed').map(({ event }) => event)).toEqual([changed(0.1), changed(0.2)]);
  for (const type of ['saved', 'diagnostics']) {
    expect(of(type).length).toBeLessThan(1_500);
    expect(of(type).at(-1)!.event.step).toBe(100_000);
  }
  history.add(changed(0.3));
  const rates = history.snapshot().events.filter(({ event }) => event.type === 'changed');
  expect(rates.map(({ event }) => event)).toEqual([changed(0.2), changed(0.3)]);
});
