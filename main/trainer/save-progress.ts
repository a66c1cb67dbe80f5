import type { Training } from './between-steps.ts';
import type { Progress } from './progress.ts';
import { LEAST_MS_BETWEEN } from './reporter.ts';
import { workLeft } from './work-left.ts';

/** Takes a checkpoint of this step, as `saver.begin`. */
export async function beginSaving(training: Training, progress: Progress): Promise<void> {
  const { run, saver } = training;
  const since = performance.now();
  await telling(training, progress, { expected: progress.holdUp }, () => saver.begin());
  progress.addHoldUp(secondsSince(since));
  void run.saved().then(() => {
    progress.addWrite(secondsSince(since));
  });
}

/** Waits until this step is saved, as `saver.finish`: nothing is trained any more. */
export async function finishSaving(training: Training, progress: Progress): Promise<void> {
  training.emit({ type: 'phase', phase: 'saving', detail: '' });
  const last = { expected: progress.write, writes: 0 };
  await telling(training, progress, last, () => training.saver.finish());
}

/**
 * Tells, while saving holds the run up, how long the run still takes. @param expected seconds of this save
 * @param writes whose end is waited for after it
 */
async function telling(
  { run, control, emit }: Training,
  progress: Progress,
  { expected, writes = 1 }: { expected: number; writes?: number },
  save: () => Promise<void>,
): Promise<void> {
  const { epoch, step } = run.cursor;
  const since = performance.now();
  const timer = setInterval(() => {
    const rest = progress.secondsLeft({ ...workLeft(run), writes });
    const left = Math.max(expected - secondsSince(since), 0);
    const secondsLeft = rest === null || control.stopping ? null : rest + left;
    emit({
      type: 'progress',
      phase: 'saving',
      detail: '',
      epoch,
      step,
      done: 0,
      total: 0,
      secondsLeft,
    });
  }, LEAST_MS_BETWEEN);
  try {
    await save();
  } finally {
    clearInterval(timer);
  }
}

const secondsSince = (then: number): number => (performance.now() - then) / 1000;
