import type { Progress } from '../progress.ts';
import { LEAST_MS_BETWEEN } from '../reporter.ts';
import type { TrainingContext } from '../training-context.ts';
import { workLeft } from '../../../../shared/work-left.ts';
import type { Saver } from './saver.ts';

/**
 * Lets the saver take a checkpoint, which it writes while training goes on, and measures what that costs.
 * @param takeCheckpoint answers whether it took one
 */
export function measureSaving(
  saver: Pick<Saver, 'whenWritten'>,
  progress: Progress,
  takeCheckpoint: () => boolean,
): void {
  const since = performance.now();
  if (!takeCheckpoint()) return;
  progress.addHoldUp(secondsSince(since));
  void saver.whenWritten().then(() => {
    progress.addWrite(secondsSince(since));
  });
}

/** Waits for `saver.finish`, and reports meanwhile how long the run still takes, since no step does so any more. */
export async function finishSaving(training: TrainingContext, progress: Progress): Promise<void> {
  const { run, control, saver, emit } = training;
  emit({ type: 'phase', phase: 'saving', detail: '' });
  const { epoch, step } = run.cursor;
  const since = performance.now();
  const timer = setInterval(() => {
    const rest = progress.secondsLeft({ ...workLeft(run), writes: 0 });
    const left = Math.max(progress.write - secondsSince(since), 0);
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
    await saver.finish();
  } finally {
    clearInterval(timer);
  }
}

const secondsSince = (then: number): number => (performance.now() - then) / 1000;
