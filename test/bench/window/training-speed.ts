/** Many and short: a machine that others use too is faster in one minute than in the next. */
export const SPEED_TURNS = 16;
const SPEED_SECONDS = 4;

export interface TrainingProgress {
  step: number;
  /** And not, say, evaluating. */
  isTraining: boolean;
}

export const wait = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, 1000 * seconds));

/**
 * From one change of the step to another, since it is not told at every step. The evaluations at the ends of epochs are left out: whether
 * none or two fall into a turn is chance.
 * @returns steps a second
 */
export async function speedOf(
  read: () => Promise<TrainingProgress> | TrainingProgress,
): Promise<number> {
  const end = performance.now() + 1000 * SPEED_SECONDS;
  let [steps, ms] = [0, 0];
  let last: number | null = null;
  let changed: { step: number; at: number } | null = null;
  for (;;) {
    const { step, isTraining } = await read();
    const at = performance.now();
    if (!isTraining) changed = null;
    else if (last !== null && step !== last) {
      if (changed) [steps, ms] = [steps + step - changed.step, ms + at - changed.at];
      changed = { step, at };
      if (at > end && ms > 0) return steps / (ms / 1000);
    }
    last = isTraining ? step : null;
    await wait(0.02);
  }
}
