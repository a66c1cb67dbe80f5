import { FailureError } from '../../shared/ipc.ts';
import { namesOf } from './diagnose.ts';
import type { Run } from './run.ts';
import type { Batch } from './feeds.ts';

/** Weights that are no numbers any more are never saved: the newest checkpoint stays a good one. @throws FailureError */
export function checkFinite(run: Run): void {
  const first = run.session.firstNotFinite();
  if (first !== null) throw diverged(run, 'weights are no finite numbers any more', first);
}

/** A step ended before it changed anything, for its loss or the gradient of it was not finite: says where that began. */
export function divergedLoss(run: Run, batch: Batch, settings: Float32Array): FailureError {
  const { session, cursor } = run;
  const layer = session.firstLayerNotFinite(batch, cursor.step, settings);
  if (layer === null) return diverged(run, 'the loss is no finite number', 'the loss');
  const name = namesOf(session.graph)[layer] ?? '';
  const weights = session.firstNotFinite();
  const cause = weights?.startsWith(`${name}/`)
    ? `the output of layer ${layer} (${name}) is not finite, for its weights are not: the step before has ruined them`
    : `the output of layer ${layer} (${name}) is not finite`;
  return diverged(run, cause, `layer ${layer} (${name})`);
}

/** @param name of the layer whose gradient is not finite, the first on the way back from the loss */
export const divergedGradient = (run: Run, layer: number, name: string): FailureError =>
  diverged(
    run,
    `the gradient of layer ${layer} (${name}) is not finite`,
    `layer ${layer} (${name})`,
  );

const diverged = (run: Run, what: string, where: string): FailureError =>
  new FailureError({
    what: `Training has diverged: ${what}.`,
    where: `step ${run.cursor.step}, first in ${where}`,
    remedy: 'Lower the learning rate and go on from the last checkpoint, which is still good.',
  });
