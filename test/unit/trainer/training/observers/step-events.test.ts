import { expect, it } from 'vitest';
import { StepEvents } from '../../../../../main/trainer/training/observers/step-events.ts';
import { Progress } from '../../../../../main/trainer/training/progress.ts';
import type { TrainerEvent } from '../../../../../shared/trainer-events.ts';
import { doneStep, fakeTraining } from './fake-training.ts';

it('records how each step went, and tells the first at once and the last when training halts', () => {
  const training = fakeTraining({}, {});
  const progress = new Progress();
  progress.addTraining(4, 2);
  const told: TrainerEvent[] = [];
  const emit = (event: TrainerEvent) => told.push(event);
  const events = new StepEvents({ ...training, emit }, progress);
  events.onEpochBegin();
  for (const number of [1, 2, 3]) events.onStep(doneStep(number));
  events.onHalt();
  events.onHalt();
  const { recorded } = training;
  expect(recorded[0]).toMatchObject({
    type: 'step',
    epoch: 1,
    step: 1,
    loss: 0.5,
    accuracy: 0.75,
    learningRate: 0.1,
  });
  expect(recorded.filter((event) => event.type === 'step')).toHaveLength(3);
  // By the clock: the first at once, the last when training halts.
  expect(told.map((event) => event.type === 'pace' && event.step)).toEqual([1, 3]);
});
