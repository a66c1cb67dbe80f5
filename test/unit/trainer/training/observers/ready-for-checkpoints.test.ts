import { expect, it, vi } from 'vitest';
import { ReadyForCheckpoints } from '../../../../../main/trainer/training/observers/ready-for-checkpoints.ts';
import { fakeTraining } from './fake-training.ts';

it('reads the variables once, after the first step', () => {
  const training = fakeTraining({}, {});
  const { session } = training.run;
  const read = [vi.spyOn(session, 'notFinite'), vi.spyOn(session, 'snapshot')];
  const observer = new ReadyForCheckpoints(training);
  for (const spy of read) expect(spy).not.toHaveBeenCalled();
  for (let step = 1; step <= 3; step += 1) observer.onStep();
  for (const spy of read) expect(spy).toHaveBeenCalledTimes(1);
});
