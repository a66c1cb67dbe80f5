import { describe, expect, it } from 'vitest';
import { TrainingClock } from '../../../../../main/trainer/training/observers/training-clock.ts';
import { isReportedStep } from '../../../../../shared/thin.ts';
import { doneStep, fakeTraining, type FakeTraining } from './fake-training.ts';

/** Does steps that take so long each, from the one after `from`. */
function trained(training: FakeTraining, from: number, to: number, seconds: number): void {
  const clock = new TrainingClock(training);
  for (let step = from + 1; step <= to; step += 1) {
    training.run.trainingSeconds += seconds;
    clock.onStep(doneStep(step));
  }
}
const told = ({ recorded }: FakeTraining) =>
  recorded.flatMap((event) => (event.type === 'clock' ? [event] : []));

describe('the time of a run', () => {
  it('is told at steps that curves have, a quarter of a second apart at least, and seldom later', () => {
    const training = fakeTraining({}, {});
    trained(training, 0, 60_000, 0.6);
    const clocks = told(training);
    expect(clocks.every(({ step }) => isReportedStep(step))).toBe(true);
    expect(clocks[0]).toEqual({ type: 'clock', epoch: 1, step: 1, seconds: 0.6 });
    expect(clocks.length).toBeGreaterThan(150);
    expect(clocks.length).toBeLessThan(300);
    const [before, last] = clocks.slice(-2);
    expect(last!.seconds / before!.seconds).toBeLessThan(1.05);
  });

  it('goes on where the run before had come to', () => {
    const training = fakeTraining({}, {});
    trained(training, 0, 100, 0.1);
    const before = told(training).at(-1)!;
    trained(training, 100, 200, 0.1);
    const after = told(training).find(({ step }) => step > before.step)!;
    expect(after.step).toBeGreaterThan(100);
    expect(after.seconds).toBeCloseTo(0.1 * after.step, 6);
  });

  it('is told of the first step and where training halts, and not twice of one time', () => {
    const training = fakeTraining({}, {});
    const clock = new TrainingClock(training);
    for (const step of [1, 2, 3]) {
      training.run.trainingSeconds += 0.01;
      training.run.cursor.step = step;
      clock.onStep(doneStep(step));
    }
    clock.onHalt();
    clock.onHalt();
    expect(told(training).map(({ step }) => step)).toEqual([1, 3]);
  });

  it('is told of a slow step alone', () => {
    const training = fakeTraining({}, {});
    trained(training, 0, 1, 40);
    expect(told(training)).toEqual([{ type: 'clock', epoch: 1, step: 1, seconds: 40 }]);
  });
});
