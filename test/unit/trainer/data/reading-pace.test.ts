import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReadingPace } from '../../../../main/trainer/data/reading-pace.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('how far reading is', () => {
  it('is told four times a second, and how long the rest takes once that can be guessed', () => {
    const pace = new ReadingPace();
    expect(pace.measure(1, 100, 'pictures')).toEqual({
      done: 1,
      total: 100,
      unit: 'pictures',
      secondsLeft: null,
    });
    vi.advanceTimersByTime(100);
    expect(pace.measure(2, 100, 'pictures')).toBeNull();
    vi.advanceTimersByTime(1_900);
    expect(pace.measure(50, 100, 'pictures')).toEqual({
      done: 50,
      total: 100,
      unit: 'pictures',
      secondsLeft: 2,
    });
  });

  it('is guessed from what is counted now, not from what was counted before', () => {
    const pace = new ReadingPace();
    // An archive is listed for a minute, byte by byte; then its pictures are decoded, a hundred a second.
    pace.measure(0, 1e9, 'bytes');
    vi.advanceTimersByTime(60_000);
    pace.measure(1e9, 1e9, 'bytes');
    for (let done = 1; done <= 200; done++) {
      vi.advanceTimersByTime(10);
      pace.measure(done, 1_000, 'pictures');
    }
    vi.advanceTimersByTime(300);
    expect(pace.measure(230, 1_000, 'pictures')?.secondsLeft).toBeLessThan(30);
  });
});
