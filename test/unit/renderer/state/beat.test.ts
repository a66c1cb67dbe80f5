import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { onBeat } from '../../../../renderer/state/beat.ts';

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => {
  // What waits for a moment would wait for it in the next test.
  vi.runOnlyPendingTimers();
  vi.useRealTimers();
});

/** Asks every `interval` milliseconds, `count` times. */
function askOften(ask: () => void, interval: number, count: number): void {
  for (let i = 0; i < count; i++) {
    ask();
    vi.advanceTimersByTime(interval);
  }
}

it('acts at once after a rest, then at each beat once for all that came meanwhile', () => {
  vi.advanceTimersByTime(130);
  const at: number[] = [];
  const ask = onBeat(1, () => at.push(Math.round(performance.now())));
  askOften(ask, 70, 20);
  expect(at).toEqual([130, 400, 800, 1_200]);
});

it('lets what is asked at different times act at the same', () => {
  const at: Record<string, number[]> = { pace: [], curves: [], health: [] };
  const asks = [
    onBeat(1, () => at.pace?.push(Math.round(performance.now()))),
    onBeat(1, () => at.curves?.push(Math.round(performance.now()))),
    onBeat(2, () => at.health?.push(Math.round(performance.now()))),
  ];
  for (const ask of asks) {
    vi.advanceTimersByTime(110);
    ask();
  }
  askOften(() => asks.forEach((ask) => ask()), 90, 24);
  expect(at.pace?.slice(1)).toEqual([400, 800, 1_200, 1_600, 2_000, 2_400]);
  expect(at.curves?.slice(1)).toEqual(at.pace?.slice(1));
  expect(at.health?.slice(1)).toEqual([800, 1_600, 2_400]);
});

it('acts at once again once nothing was asked for two of its beats, and not where it is called off', () => {
  const action = vi.fn();
  const ask = onBeat(2, action);
  ask();
  vi.advanceTimersByTime(2_300);
  ask();
  expect(action).toHaveBeenCalledTimes(2);
  ask();
  ask.cancel();
  vi.advanceTimersByTime(5_000);
  expect(action).toHaveBeenCalledTimes(2);
});
