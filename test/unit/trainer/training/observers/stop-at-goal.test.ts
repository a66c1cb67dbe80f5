import { describe, expect, it } from 'vitest';
import { StopAtGoal } from '../../../../../main/trainer/training/observers/stop-at-goal.ts';
import type { TrainingGoal } from '../../../../../shared/config.ts';
import {
  doneStep,
  fakeTraining,
  LOSSES,
  observeEpochs,
  type FakeTraining,
} from './fake-training.ts';

const none: TrainingGoal = { accuracy: null, loss: null, minutes: null };

/** What was recorded of a run with this goal after its epochs, whose accuracies are one less their losses. */
function recordedAfterEpochs(goal: TrainingGoal | null): FakeTraining['recorded'] {
  const training = fakeTraining({}, { goal });
  observeEpochs(training, new StopAtGoal(training), LOSSES);
  return training.recorded;
}

describe('a goal', () => {
  it('of loss or accuracy is told once, after the first validation that reaches it exactly or passes it', () => {
    expect(recordedAfterEpochs({ ...none, loss: 0.44 })).toEqual([
      { type: 'goal-reached', epoch: 3, step: 30, goal: 'loss', asked: 0.44, reached: 0.44 },
    ]);
    expect(recordedAfterEpochs({ ...none, accuracy: 0.57 })).toEqual([
      {
        type: 'goal-reached',
        epoch: 4,
        step: 40,
        goal: 'accuracy',
        asked: 0.57,
        reached: 1 - 0.41,
      },
    ]);
  });

  it('is any one of them', () => {
    const [told] = recordedAfterEpochs({ accuracy: 0.99, loss: 0.42, minutes: 1_000 });
    expect(told).toMatchObject({ goal: 'loss', epoch: 4 });
  });

  it('that is not reached, or not asked for, is not told', () => {
    expect(recordedAfterEpochs({ accuracy: 0.61, loss: 0.39, minutes: null })).toEqual([]);
    expect(recordedAfterEpochs(null)).toEqual([]);
  });

  it('of minutes is told where training halts, with the time of earlier starts', () => {
    const training = fakeTraining({}, { goal: { ...none, minutes: 0.1 } });
    const observer = new StopAtGoal(training);
    training.run.trainingSeconds = 3;
    observer.onStep(doneStep(11));
    observer.onHalt();
    expect(training.recorded).toEqual([]);
    // Two seconds a step: with the second, six seconds are over; the third was done at once with it.
    observer.onStep(doneStep(12));
    observer.onStep(doneStep(13));
    Object.assign(training.run.cursor, { epoch: 2, step: 13 });
    observer.onHalt();
    observer.onHalt();
    expect(training.recorded).toEqual([
      { type: 'goal-reached', epoch: 3, step: 13, goal: 'minutes', asked: 0.1, reached: 0.15 },
    ]);
  });
});

it('the time in steps is counted without a goal too, for one that is set later', () => {
  const training = fakeTraining({}, { goal: null });
  const observer = new StopAtGoal(training);
  for (const number of [1, 2, 3]) observer.onStep(doneStep(number));
  expect(training.run.trainingSeconds).toBe(6);
});
