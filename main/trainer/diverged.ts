import { FailureError } from '../../shared/ipc.ts';
import type { Run } from './run.ts';

/** Weights that are no numbers any more are never saved: the newest checkpoint stays a good one. @throws FailureError */
export function checkFinite(run: Run): void {
  if (run.session.firstNotFinite() !== null) throw diverged(run, 'weights');
}

export function diverged(run: Run, what: 'loss' | 'weights'): FailureError {
  const first = run.session.firstNotFinite();
  return new FailureError({
    what: `Training has diverged: the ${what === 'loss' ? 'loss is no finite number' : 'weights are no finite numbers'} any more.`,
    where: `step ${run.cursor.step}${first === null ? '' : `, first in ${first}`}`,
    remedy: 'Lower the learning rate and go on from the last checkpoint, which is still good.',
  });
}
