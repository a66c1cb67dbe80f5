/**
 * Moments at which the page's clock is a whole multiple of some milliseconds. All that waits for the same one is done in one task, and so
 * painted in one frame: with a timer for each, a frame may come between them.
 */

/** A browser may fire a timer so many milliseconds too early. */
const EARLY = 2;

/** How many whole moments there have been. */
const countOf = (every: number, at: number): number => Math.floor((at + EARLY) / every);

/** @returns whether the clock of the page was a whole multiple of `every` since that time of it */
export const hasPassedWhole = (every: number, since: number): boolean =>
  countOf(every, performance.now()) > countOf(every, since);

/** By the time that it is done at, in whole milliseconds. */
const waiting = new Map<number, Set<() => void>>();

/**
 * Runs `action` at the next whole multiple of `every`.
 * @param every whole milliseconds
 * @returns ends the wait
 */
export function atWhole(every: number, action: () => void): () => void {
  const now = performance.now();
  const due = every * (countOf(every, now) + 1);
  const actions = waiting.get(due) ?? beginWait(due, due - now);
  const once = (): void => {
    action();
  };
  actions.add(once);
  return () => {
    actions.delete(once);
  };
}

function beginWait(due: number, wait: number): Set<() => void> {
  const actions = new Set<() => void>();
  waiting.set(due, actions);
  setTimeout(() => {
    waiting.delete(due);
    for (const action of actions) runApart(action);
  }, wait);
  return actions;
}

/** One that fails keeps none of the others from being done. */
function runApart(action: () => void): void {
  try {
    action();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
