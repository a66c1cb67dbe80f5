import { measuredExamples } from './measured-examples.ts';
import type { PaceEvent, ProgressEvent, StepEvent, TrainerEventOf } from './trainer-events.ts';

/**
 * What an evaluated example takes of the time of one that is trained on, before it was measured. Of the three products of equal size
 * that a layer's weights take part in (its output, and the gradients of its input and of its weights) forward needs the first. A
 * rule of thumb: dropout, the update and the layers without weights are not in it.
 */
export const FORWARD_SHARE = 1 / 3;

/** Share of the whole run that is done, 0 to 1: training steps, and what is evaluated as the part of a step that it takes. */
export function runShare(
  { examples, stepsPerEpoch, totalSteps, config }: TrainerEventOf<'started'>,
  at: StepEvent | PaceEvent | ProgressEvent,
): number {
  const { batchSize } = config.data;
  const { epochs, maxSteps } = config.training;
  const steps = (evaluated: number): number => (evaluated * FORWARD_SHARE) / batchSize;
  const validation = steps(examples.validation);
  const validated = validation + steps(measuredExamples(config, examples));
  const validations =
    maxSteps === null || totalSteps < maxSteps ? epochs : Math.floor(totalSteps / stepsPerEpoch);
  const test = steps(examples.test);
  const total = totalSteps + validations * validated + test;
  if (at.type === 'progress' && at.detail === 'test')
    return Math.min((total - test + steps(at.done)) / total, 1);
  const isMeasuring = at.type === 'progress' && at.detail === 'training';
  const isWithinEpoch = at.type !== 'progress' || at.detail === 'validation' || isMeasuring;
  const validatedSoFar =
    at.type === 'progress' ? steps(at.done) + (isMeasuring ? validation : 0) : 0;
  const done = at.step + (isWithinEpoch ? at.epoch - 1 : at.epoch) * validated + validatedSoFar;
  return Math.min(done / total, 1);
}
