import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { atWhole, hasPassedWhole } from '../../../../renderer/state/whole-moments.ts';

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

it('does in one task, in the order of asking, what waits for the same moment by different measures', () => {
  const done: string[] = [];
  vi.advanceTimersByTime(450);
  atWhole(400, () => done.push('beat'));
  vi.advanceTimersByTime(170);
  atWhole(200, () => done.push('maps'));
  const endWait = atWhole(200, () => done.push('called off'));
  endWait();
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(179);
  expect(done).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(done).toEqual(['beat', 'maps']);
});

it('does once what is asked for again after all that waited was called off', () => {
  const action = vi.fn();
  atWhole(100, () => undefined)();
  atWhole(100, action);
  vi.advanceTimersByTime(500);
  expect(action).toHaveBeenCalledOnce();
});

it('takes a timer that fires a moment too early for that moment, and not for one before it', () => {
  vi.advanceTimersByTime(199);
  expect(hasPassedWhole(200, 10)).toBe(true);
  expect(hasPassedWhole(200, 199)).toBe(false);
  const action = vi.fn();
  atWhole(200, action);
  vi.advanceTimersByTime(1);
  expect(action).not.toHaveBeenCalled();
  vi.advanceTimersByTime(200);
  expect(action).toHaveBeenCalledOnce();
});

it('does the others where one fails', async () => {
  const failed = vi.fn();
  process.once('uncaughtException', failed);
  const action = vi.fn();
  atWhole(100, () => {
    throw new Error('It fails.');
  });
  atWhole(100, action);
  vi.advanceTimersByTime(100);
  expect(action).toHaveBeenCalledOnce();
  vi.useRealTimers();
  await vi.waitFor(() => expect(failed).toHaveBeenCalledOnce());
});
