import { expect, it } from 'vitest';
import { RunHistory } from '../../../main/run-history.ts';
import { epoch, step } from './events.ts';

it('goes back to where a run goes on from', () => {
  const history = new RunHistory();
  for (const number of [10, 20, 30]) history.addStep(step(number));
  history.addEpoch(epoch(1, 20));
  history.addEpoch(epoch(2, 30));
  history.rewindTo(20);
  const { steps, epochs } = history.snapshot();
  expect(steps.map((event) => event.step)).toEqual([10, 20]);
  expect(epochs.map((event) => event.epoch)).toEqual([1]);
  history.rewindTo(0);
  expect(history.snapshot()).toEqual({ steps: [], epochs: [] });
});

it('stays bounded over hours, keeps every epoch, the newest step and the whole span', () => {
  const history = new RunHistory();
  for (let number = 1; number <= 100_000; number += 1) {
    history.addStep(step(number));
    if (number % 430 === 0) history.addEpoch(epoch(number / 430, number));
  }
  const { steps, epochs } = history.snapshot();
  expect(steps.length).toBeLessThanOrEqual(8_000);
  expect(steps.length).toBeGreaterThan(4_000);
  expect(steps.at(0)!.step).toBeLessThan(100);
  expect(history.lastStep!.step).toBe(100_000);
  expect(epochs).toHaveLength(232);
});
