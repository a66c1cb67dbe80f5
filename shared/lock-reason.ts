import { fieldAt } from './fields.ts';
import { effectAt } from './run-differences.ts';
import { isBusyPhase, type TrainingPhase } from './training-phase.ts';

/**
 * The path in the table: a layer's setting has the layer's number in a run, but its type in the table. Of layers' settings, only a
 * dropout's is live.
 */
const tablePath = (path: string): string =>
  path.replace(/^network\.layers\.\d+\.rate$/, 'network.layers.dropout.rate');

/** Whether a setting may change while a run trains. */
export const isLivePath = (path: string): boolean => fieldAt(tablePath(path))?.live === true;

/**
 * Why a setting cannot be changed at present, in sentences with what to do; null if it can be.
 * @param path with a layer's number or its type: `network.layers.3.rate`, `network.layers.dropout.rate`
 */
export function lockReason(path: string, phase: TrainingPhase): string | null {
  if (!isBusyPhase(phase)) return null;
  if (!isLivePath(path)) {
    const { effect, lock } = effectAt(path);
    const remedy =
      effect === 'may-differ'
        ? 'Stop the run to change it; it then goes on from where it is.'
        : 'Another value needs a run of its own, in another folder.';
    return `Fixed while the run trains: ${lock}. ${remedy}`;
  }
  if (phase === 'preparing')
    return 'The run is being prepared: from its first step on it can be changed.';
  if (phase === 'stopping') return 'The run is ending and is being saved.';
  return null;
}

/** Why live settings cannot be changed as such at present; null if they can. */
export function liveLockReason(phase: TrainingPhase): string | null {
  if (!isBusyPhase(phase)) return 'No run is under way: what is set here is for the next start.';
  return lockReason('optimizer.learningRate', phase);
}

/** Why a setting of the form cannot be changed at present: while a run trains, its live settings are changed elsewhere in the window. */
export function formLockReason(path: string, phase: TrainingPhase): string | null {
  if (!isBusyPhase(phase)) return null;
  return (
    lockReason(path, phase) ??
    'This one may change while the run trains: above, among what may change now.'
  );
}
