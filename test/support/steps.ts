import type { StepResult } from '../../main/trainer/tensorflow/outcomes.ts';

/** A step that must have been done. */
export function doneStep(result: StepResult): Extract<StepResult, { kind: 'done' }> {
  if (result.kind !== 'done') throw new Error('the step diverged');
  return result;
}
