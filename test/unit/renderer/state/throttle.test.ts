import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  debounced,
  delayed,
  OneAtATime,
  Repeated,
  throttled,
} from '../../../../renderer/state/throttle.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  // What waits for a moment would wait for it in the next test.
  vi.runOnlyPendingTimers();
  vi.useRealTimers();
});

describe('throttled', () => {
  it('acts at once, and once more for all that came meanwhile', () => {
    const action = vi.fn();
    const ask = throttled(100, action);
    ask();
    expect(action).toHaveBeenCalledTimes(1);
    for (let i = 0; i < 9; i++) {
      vi.advanceTimersByTime(10);
      ask();
    }
    expect(action).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(500);
    expect(action).toHaveBeenCalledTimes(2);
  });

  it('may wait longer from some point on', () => {
    const action = vi.fn();
    let every = 100;
    const ask = throttled(() => every, action);
    ask();
    every = 1_000;
    ask();
    vi.advanceTimersByTime(900);
    expect(action).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(100);
    expect(action).toHaveBeenCalledTimes(2);
  });
});

describe('delayed', () => {
  it('acts once a while after the first asking, however much is asked meanwhile, and again later', () => {
    const action = vi.fn();
    const ask = delayed(300, action);
    for (let i = 0; i < 20; i++) {
      ask();
      vi.advanceTimersByTime(20);
    }
    expect(action).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(300);
    expect(action).toHaveBeenCalledTimes(2);
  });
});

describe('debounced', () => {
  it('acts once it is quiet', () => {
    const action = vi.fn();
    const ask = debounced(400, action);
    ask();
    vi.advanceTimersByTime(300);
    ask();
    vi.advanceTimersByTime(399);
    expect(action).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(action).toHaveBeenCalledOnce();
  });
});

describe('OneAtATime', () => {
  it('does once more what was asked for meanwhile, but not what would be asked for anyway', async () => {
    const ends: (() => void)[] = [];
    const again = vi.fn();
    const one = new OneAtATime(() => new Promise<void>((resolve) => ends.push(resolve)), again);
    const first = one.run();
    await one.runIfFree();
    ends[0]?.();
    await first;
    expect(again).not.toHaveBeenCalled();
    const second = one.runIfFree();
    await one.run();
    ends[1]?.();
    await second;
    expect(again).toHaveBeenCalledOnce();
  });
});

describe('Repeated', () => {
  it('goes on once only, where it is wanted again while it acts', async () => {
    const answers: (() => void)[] = [];
    const action = vi.fn(() => new Promise<void>((resolve) => answers.push(resolve)));
    const repeated = new Repeated(100, action);
    repeated.wanted = true;
    await vi.advanceTimersByTimeAsync(100);
    repeated.wanted = false;
    repeated.wanted = true;
    answers[0]?.();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(action).toHaveBeenCalledTimes(2);
    repeated.wanted = false;
  });

  it('waits for an answer before it asks again, and ends when it is no longer wanted', async () => {
    const answers: (() => void)[] = [];
    const action = vi.fn(() => new Promise<void>((resolve) => answers.push(resolve)));
    const repeated = new Repeated(100, action);
    repeated.wanted = true;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(action).toHaveBeenCalledTimes(1);
    answers[0]!();
    await vi.advanceTimersByTimeAsync(100);
    expect(action).toHaveBeenCalledTimes(2);
    repeated.wanted = false;
    answers[1]!();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(action).toHaveBeenCalledTimes(2);
  });
});
