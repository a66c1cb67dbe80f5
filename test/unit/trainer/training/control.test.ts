import { expect, it } from 'vitest';
import { Control } from '../../../../main/trainer/training/control.ts';

it('a paused run is woken by what is asked of it, and stays paused until it is resumed', async () => {
  const control = new Control();
  control.pause();
  const woken = control.whenResumed();
  control.change({ learningRate: 0.1 });
  await woken;
  expect(control.paused).toBe(true);
  expect(control.takeChanges()).toEqual([{ learningRate: 0.1 }]);
  const resumed = control.whenResumed();
  control.resume();
  await resumed;
  expect(control.paused).toBe(false);
});

it('one that is to stop is not paused any more', () => {
  const control = new Control();
  control.pause();
  control.stop();
  control.pause();
  expect([control.stopping, control.paused]).toEqual([true, false]);
});

it('waits for all that is delivered turn by turn, but not for what arrives without end', async () => {
  const control = new Control();
  let left = 5;
  let served = 0;
  const deliver = (): void => {
    served += 1;
    control.noteServed();
    left -= 1;
    if (left > 0) setImmediate(deliver);
  };
  setImmediate(deliver);
  await control.yieldToEventLoop();
  expect(served).toBe(5);
  left = Infinity;
  setImmediate(deliver);
  await control.yieldToEventLoop();
  expect(served).toBeGreaterThan(5);
  left = 0;
});
