import { expect, it } from 'vitest';
import { ProgressObserver } from '../../../../../main/trainer/training/observers/progress-observer.ts';
import { Progress } from '../../../../../main/trainer/training/progress.ts';
import { doneStep } from './fake-training.ts';

it('measures steps and evaluations, each for itself', () => {
  const progress = new Progress();
  const observer = new ProgressObserver(progress);
  observer.onStep(doneStep(1));
  expect(progress.examplesPerSecond).toBe(2);
  expect(progress.seconds).toBe(2);
  observer.onEvaluatedBatch({ examples: 10, seconds: 1 });
  expect(progress.seconds).toBe(2);
  const work = { trained: 8, evaluated: 20, tested: 8, saves: 0, writes: 0, mostSeconds: Infinity };
  expect(progress.secondsLeft(work)).toBe(4 + 2);
});
