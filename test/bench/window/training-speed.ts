import type { StartedApp } from './started-app.ts';

/** Many and short: a machine that others use too is faster in one minute than in the next. */
export const SPEED_TURNS = 16;
/** Seconds. */
export const SPEED_TURN = 4;

/** Milliseconds, and the step that was told then; null: it did something else, such as evaluating. */
export interface SeenStep {
  at: number;
  step: number | null;
}

/**
 * Between changes of the step, since it is not told at every step. What else it did, as an evaluation at the end of an epoch, is left out:
 * whether none or two fall into a turn is chance.
 * @returns steps a second
 */
export function speedOf(seen: readonly SeenStep[]): number {
  let [steps, ms] = [0, 0];
  for (const [k, { at, step }] of seen.entries()) {
    const before = seen[k - 1];
    if (step === null || before === undefined || before.step === null) continue;
    steps += step - before.step;
    ms += at - before.at;
  }
  return steps / (ms / 1000);
}

/** What the window shows for so many seconds. It is noted in the page: to ask for it all the time would cost training more than what is measured. */
export const stepsShown = ({ page }: StartedApp, seconds: number): Promise<SeenStep[]> =>
  page.evaluate(async (least) => {
    const textOf = (name: string): string =>
      document.querySelector(`[data-testid="${name}"]`)?.textContent ?? '';
    const isTraining = (): boolean =>
      document.querySelector('[data-testid="phase"]')?.getAttribute('data-phase') === 'training';
    const seen: SeenStep[] = [];
    let last = textOf('step');
    const observer = new MutationObserver(() => {
      const at = performance.now();
      const now = textOf('step');
      if (!isTraining()) seen.push({ at, step: null });
      else if (now !== last) seen.push({ at, step: Number(now.replaceAll(/\D/g, '')) });
      last = now;
    });
    observer.observe(document.body, {
      ...{ subtree: true, characterData: true, childList: true },
      attributeFilter: ['data-phase'],
    });
    await new Promise((resolve) => setTimeout(resolve, 1000 * least));
    observer.disconnect();
    return seen;
  }, seconds);
