import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../../../shared/trainer-events.ts';
import { Api } from '../../../../renderer/api.ts';
import { RunEvents } from '../../../../renderer/state/run-events.svelte.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const saved = (step: number): RunEvent => ({ type: 'saved', epoch: 1, step });
const paused = (step: number): RunEvent => ({ type: 'pause-began', epoch: 1, step });

it('tells what recurs by itself once a second, and what a person did at once with all before it', () => {
  const bridge = new AnsweringBridge();
  const run = new RunEvents(new Api(bridge));
  const told = new Set<unknown>();
  for (let step = 1; step <= 40; step++) {
    bridge.tell('happened', { branch: 1, event: saved(step) });
    told.add(run.events);
    vi.advanceTimersByTime(50);
  }
  // Two seconds with forty checkpoints: at first, after one, and after two.
  expect(told.size).toBeLessThanOrEqual(3);
  vi.advanceTimersByTime(1_000);
  expect(run.events.length).toBe(40);
  bridge.tell('happened', { branch: 1, event: saved(41) });
  bridge.tell('happened', { branch: 1, event: paused(41) });
  expect(run.events.slice(-2).map(({ event }) => event.type)).toEqual(['saved', 'pause-began']);
});
