import { formatCount, formatDuration } from '../../shared/format.ts';
import type { QueuedRun, QueueState } from '../../shared/run-queue.ts';

/** What the window says of the runs that train one after the other. */

/** 3 epochs · about 4 min 10 s */
export function queuedWords({ config, secondsExpected }: QueuedRun): string {
  const { epochs } = config.training;
  return [
    `${formatCount(epochs)} ${epochs === 1 ? 'epoch' : 'epochs'}`,
    ...(secondsExpected === null ? [] : [`about ${formatDuration(secondsExpected)}`]),
  ].join(' · ');
}

/** What becomes of the queue next. */
export function queueSentence(
  { runs, current, goesOn, reason }: QueueState,
  isBusy: boolean,
): string {
  const trains = current ? `“${current.name}” trains.` : '';
  const waits = runs.length === 0 ? '' : 'The queue waits.';
  const total = runs.map(({ secondsExpected }) => secondsExpected);
  const seconds = total.every((each) => each !== null)
    ? total.reduce((sum, each) => sum + each, 0)
    : null;
  const together =
    runs.length > 1 && seconds !== null ? `All together about ${formatDuration(seconds)}.` : '';
  if (runs.length === 0)
    return trains !== '' ? trains : (reason ?? 'Runs that you add here train one after the other.');
  if (goesOn)
    return [trains, isBusy ? 'The next begins when the run under way has finished.' : '', together]
      .filter((text) => text !== '')
      .join(' ');
  return [trains, reason ?? '', waits, together].filter((text) => text !== '').join(' ');
}
