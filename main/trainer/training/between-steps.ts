import type { RunConfig } from '../../../shared/config.ts';
import { toFailure } from '../../../shared/ipc.ts';
import {
  changeBack,
  changedConfig,
  rateFactorAfter,
  type LiveChange,
} from '../../../shared/live-change.ts';
import type { TrainingContext } from './training-context.ts';
import type { TrainingObserver } from './observers/observer.ts';

/** What training does when it is not paused. */
export interface Doing {
  phase: 'training' | 'evaluating';
  detail: string;
}

/**
 * Waits while training is paused, and carries out what was asked for meanwhile.
 * @param doing the phase to go on with
 * @param observers are told of the pause
 * @throws DivergedError
 */
export async function pauseIfAsked(
  training: TrainingContext,
  doing: Doing,
  observers: readonly TrainingObserver[],
): Promise<void> {
  if (training.control.paused) {
    for (const observer of observers) observer.onHalt?.();
    await waitWhilePaused(training, doing);
  }
  await applyRequests(training);
}

async function waitWhilePaused(training: TrainingContext, doing: Doing): Promise<void> {
  const { run, control, saver, emit } = training;
  emit({ type: 'phase', phase: 'paused', detail: '' });
  const { epoch, step } = run.cursor;
  // The test comes after the last epoch.
  const at = { epoch: doing.detail === 'test' ? epoch : epoch + 1, step };
  saver.record({ type: 'pause-began', ...at });
  await saver.settle();
  while (control.paused) {
    await control.whenResumed();
    await applyRequests(training);
  }
  if (control.stopping) return;
  saver.record({ type: 'pause-ended', ...at });
  emit({ type: 'phase', ...doing });
}

async function applyRequests(training: TrainingContext): Promise<void> {
  const { control, saver } = training;
  for (const change of control.takeChanges()) await applyChange(training, change);
  const folder = control.takeFolder();
  if (folder !== null) await saver.moveTo(folder);
}

/**
 * Saves the state before the change in a checkpoint, which is written while training goes on, then changes the settings of the next step.
 */
async function applyChange(
  { run, saver, emit }: TrainingContext,
  change: LiveChange,
): Promise<void> {
  let config: RunConfig;
  try {
    config = changedConfig(run.config, change);
  } catch (error) {
    emit({ type: 'warning', ...toFailure(error, 'live change') });
    return;
  }
  await saver.saveBeforeChange();
  const before = run.config;
  run.config = config;
  noteChange({ run, saver }, change, before);
}

/**
 * Records a change of settings, with the change that undoes it.
 * @param config the configuration before the change
 */
export function noteChange(
  { run, saver }: Pick<TrainingContext, 'run' | 'saver'>,
  change: LiveChange,
  config: RunConfig,
): void {
  const { rateFactor } = run.patience;
  const before = changeBack(config, change, rateFactor);
  // A rate that a person sets is used as it is: what plateaus took off the rate before does not apply to it.
  run.patience = { ...run.patience, rateFactor: rateFactorAfter(change, rateFactor) };
  const { epoch, step } = run.cursor;
  saver.record({ type: 'changed', epoch: epoch + 1, step, change, before });
}
