import type { PaceEvent, ProgressEvent, StepEvent, TrainerEventOf } from './trainer-events.ts';

/**
 * Time for evaluating an example as a share of the time for training on it, before either was measured. A layer's weights take part in
 * three products of equal size (its output, and the gradients of its input and of its weights), of which evaluation needs the first. This
 * is a rule of thumb: it ignores dropout, the update and layers without weights.
 */
export const FORWARD_SHARE = 1 / 3;

/** Share of the whole run that is done, 0 to 1; evaluations count as fractions of training steps. */
export function runShare(
  { examples, stepsPerEpoch, totalSteps, config }: TrainerEventOf<'started'>,
  at: StepEvent | PaceEvent | ProgressEvent,
): number {
  const { batchSize } = config.data;
  const { epochs, maxSteps } = config.training;
  const steps = (evaluated: number): number => (evaluated * FORWARD_SHARE) / batchSize;
  const validated = steps(examples.validation);
  const validations =
    maxSteps === null || totalSteps < maxSteps ? epochs : Math.floor(totalSteps / stepsPerEpoch);
  const test = steps(examples.test);
  const total = totalSteps + validations * validated + test;
  if (at.type === 'progress' && at.detail === 'test')
    return Math.min((total - test + steps(at.done)) / total, 1);
  const isWithinEpoch = at.type !== 'progress' || at.detail === 'validation';
  const validatedSoFar = at.type === 'progress' ? steps(at.done) : 0;
  const done = at.step + (isWithinEpoch ? at.epoch - 1 : at.epoch) * validated + validatedSoFar;
  return Math.min(done / total, 1);
}
