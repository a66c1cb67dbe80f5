import type { RunConfig } from '../../../../shared/config.ts';
import { differencesBetween } from '../../../../shared/differences.ts';
import { FailureError } from '../../../../shared/ipc.ts';
import { changedConfig, liveDifference } from '../../../../shared/live-change.ts';
import type { BranchEvent, RunEvent, StepEvent } from '../../../../shared/trainer-events.ts';
import { readHistory } from '../../checkpoint/history.ts';
import { nameOf } from '../../checkpoint/names.ts';
import type { Stretch } from './stretch.ts';

/** What was recorded of a stretch: its numbers, step by step, and what a person or the validation changed on the way. */

export type Replayed = Extract<RunEvent, { type: 'changed' | 'rate-lowered' | 'weights-edited' }>;

export interface RecordedWay {
  /** The settings that the stretch begins with. */
  config: RunConfig;
  /** In the order in which they happened. Each is to be made once so many steps are done as it says, before the next one. */
  events: readonly Replayed[];
  /** The recorded steps of the stretch, in their order. */
  steps: readonly StepEvent[];
  /** Curves and events can be read. */
  isRecorded: boolean;
}

/** @throws FailureError where the record does not tell what the run began with */
export async function recordedWay(folder: string, stretch: Stretch): Promise<RecordedWay> {
  const { begin, end } = stretch;
  const { branch, cursor } = end.record;
  const { history, problems } = await readHistory(folder, branch, cursor.step, Infinity);
  const fromStep = begin?.id.step ?? 0;
  const events = history.events.flatMap((each) => (isOnTheWay(each, stretch) ? [each.event] : []));
  const replayed = events.filter(isReplayed);
  const steps = history.steps.filter(({ step }) => step > fromStep && step <= end.id.step);
  const isRecorded = problems.length === 0 && (steps.length > 0 || fromStep === end.id.step);
  const config = begin ? configAfter(begin.record.config, end) : configBefore(replayed, end);
  return { config, events: replayed, steps, isRecorded };
}

const isReplayed = (event: RunEvent): event is Replayed =>
  event.type === 'changed' || event.type === 'rate-lowered' || event.type === 'weights-edited';

/**
 * Whether an event has a part in the stretch. One at the very step of its beginning counts too, whether the checkpoint was saved before
 * or after it: each says what numbers became, so that it can be made twice.
 */
function isOnTheWay({ branch, event: { step, type } }: BranchEvent, stretch: Stretch): boolean {
  const { begin, end } = stretch;
  const fromStep = begin?.id.step ?? 0;
  if (step < fromStep || step >= end.id.step + (type === 'weights-edited' ? 1 : 0)) return false;
  const isPassed =
    begin?.id.branch === branch ||
    begin?.record.branch.forks.some((fork) => fork.branch === branch);
  // Weights are edited where a branch begins, before its first checkpoint.
  if (type === 'weights-edited') return !isPassed;
  const left = end.record.branch.forks.find((fork) => fork.branch === branch);
  // Of the branch that was left there, what a person changed at that step was left with it: it came after the checkpoint.
  return left?.step !== step || (type === 'rate-lowered' && step > fromStep);
}

/** Settings of the end, for they count from some start in between, with the numbers that may change as they were at the beginning. */
function configAfter(begin: RunConfig, { record }: Stretch['end']): RunConfig {
  const back = liveDifference(record.config, begin);
  return back ? changedConfig(record.config, back) : record.config;
}

/** The settings of a fresh start: those of the end, with each change taken back, the last one first. */
function configBefore(
  events: readonly Replayed[],
  { id, prefix, record }: Stretch['end'],
): RunConfig {
  let { config } = record;
  for (const event of [...events].reverse()) {
    if (event.type !== 'changed') continue;
    if (!event.before)
      throw new FailureError({
        what: `An earlier version of Firstlayer did not record what was changed at step ${event.step}, so that it is not known what the run began with.`,
        where: prefix,
        remedy: `Prove ${nameOf(id)} from a checkpoint after that step (--from).`,
      });
    config = changedConfig(config, event.before);
  }
  return config;
}

/** Settings that make the numbers of a stretch others than they were, if they were changed in between. */
export function countingDifferences(begin: RunConfig, end: RunConfig): string[] {
  const live = liveDifference(end, begin);
  const asEnd = live ? changedConfig(end, live) : end;
  const hasSchedule = end.optimizer.schedule.type !== 'constant';
  const counts = ({ path }: { path: string }): boolean =>
    !/^(checkpoints\b|network\.name|training\.(goal|earlyStopping|diagnosticsEvery)|data\.dataset$)/.test(
      path,
    ) &&
    (hasSchedule || !/^training\.(epochs|maxSteps)$/.test(path));
  return differencesBetween(begin, asEnd)
    .filter(counts)
    .map(({ label, was, is }) => `${label} ${was} → ${is}`);
}
