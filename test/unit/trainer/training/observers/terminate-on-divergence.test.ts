import { expect, it } from 'vitest';
import { DivergedError } from '../../../../../main/trainer/training/divergence.ts';
import { TerminateOnDivergence } from '../../../../../main/trainer/training/observers/terminate-on-divergence.ts';
import { doneStep, fakeTraining } from './fake-training.ts';

it('ends training with the first step that has a gradient which is not finite, and names it by those before', () => {
  const observer = new TerminateOnDivergence(fakeTraining({}, {}));
  observer.onStep(doneStep(1));
  const bad = doneStep(2);
  bad.outcome.gradientNorms.fill(NaN);
  const end = (): void => {
    observer.onStep(bad);
  };
  expect(end).toThrow(DivergedError);
  expect(end).toThrow(
    expect.objectContaining({
      failure: expect.objectContaining({ where: 'step 1, first in layer 0 (dense_1)' }) as unknown,
    }) as Error,
  );
});
