import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { SavedCheckpoints } from '../../../../renderer/state/saved-checkpoints.svelte.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

// The bridge answers by real turns of the event loop.
beforeEach(() =>
  vi.useFakeTimers({ now: 0, toFake: ['setTimeout', 'clearTimeout', 'performance'] }),
);
afterEach(() => vi.useRealTimers());

/** Answers whatever is asked, with an empty folder. */
class Folder extends AnsweringBridge {
  override invoke(call: string, input: unknown): Promise<unknown> {
    const answered = super.invoke(call, input);
    const answer = { type: 'refused', failure: { what: '', where: '', remedy: '' } };
    void this.asked.at(-1)?.answer({ listing: 1, total: 0, answer });
    return answered;
  }
}

/** Two seconds in which forty checkpoints are saved. */
async function saveOften(bridge: AnsweringBridge): Promise<void> {
  for (let step = 1; step <= 40; step++) {
    bridge.tell('happened', { branch: 1, event: { type: 'saved', epoch: 1, step } });
    await vi.advanceTimersByTimeAsync(50);
  }
}

it('lists a folder once a second while a run saves dozens of times, and not where nobody looks', async () => {
  const bridge = new Folder();
  const saved = new SavedCheckpoints(new Api(bridge));
  let isLooking = false;
  const end = saved.watch('/run', () => isLooking);
  await saveOften(bridge);
  // What is there when the place opens.
  expect(bridge.trace).toEqual(['listCheckpoints']);
  isLooking = true;
  await saveOften(bridge);
  expect(bridge.trace.length).toBeGreaterThan(1);
  expect(bridge.trace.length).toBeLessThanOrEqual(4);
  await vi.advanceTimersByTimeAsync(1_000);
  const listed = bridge.trace.length;
  end();
  await saveOften(bridge);
  expect(bridge.trace.length).toBe(listed);
});
