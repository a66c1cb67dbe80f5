import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WhileInSight } from '../../../../renderer/components/while-in-sight.svelte.ts';
import { Changing } from '../../../support/changing.svelte.ts';

/** Tells of sight what a test says, in place of Chromium. */
let tell: (isInSight: boolean) => void = () => undefined;

beforeEach(() => {
  vi.useFakeTimers({ now: 0, toFake: ['performance'] });
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(listener: (entries: { isIntersecting: boolean }[]) => void) {
        tell = (isIntersecting) => listener([{ isIntersecting }]);
      }
      observe = vi.fn();
      disconnect = vi.fn();
    },
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function shownOf() {
  const [answer, follows] = [new Changing(1), new Changing(true)];
  const shown = new WhileInSight(
    () => answer.value,
    () => follows.value,
  );
  shown.watch({} as HTMLElement);
  return { answer, follows, shown };
}

it('shows each answer in sight, and one now and then out of it', () => {
  const { answer, shown } = shownOf();
  expect(shown.shown).toBe(1);
  answer.value = 2;
  expect(shown.shown).toBe(2);
  tell(false);
  answer.value = 3;
  expect(shown.shown).toBe(2);
  vi.advanceTimersByTime(2_000);
  answer.value = 4;
  expect(shown.shown).toBe(4);
});

it('shows the newest when it comes into sight, or when no more follow', () => {
  const { answer, follows, shown } = shownOf();
  tell(false);
  answer.value = 2;
  expect(shown.shown).toBe(2);
  answer.value = 3;
  expect(shown.shown).toBe(2);
  tell(true);
  expect(shown.shown).toBe(3);
  tell(false);
  answer.value = 4;
  follows.value = false;
  expect(shown.shown).toBe(4);
});
