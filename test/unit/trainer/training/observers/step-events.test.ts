import { expect, it } from 'vitest';
import { StepEvents } from '../../../../../main/trainer/training/observers/step-events.ts';
import { Progress } from '../../../../../main/trainer/training/progress.ts';
import { doneStep, fakeTraining } from './fake-training.ts';

it('tells how each step went, the first at once and the last when training halts', () => {
  const training = fakeTraining({}, {});
  const progress = new Progress();
  progress.addTraining(4, 2);
  const events = new StepEvents(training, progress);
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
  expect(recorded.filter((event) => event.type === 'step' && event.step === 3)).toHaveLength(1);
});
