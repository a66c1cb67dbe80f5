import { expect, it } from 'vitest';
import { SaveSchedule } from '../../../../../main/trainer/training/saving/save-schedule.ts';
import { usualCheckpoints } from '../../../../../shared/config.ts';

function scheduleAt(step: number) {
  const clock = { now: 1000 };
  return { clock, schedule: new SaveSchedule(step, () => clock.now) };
}

it('by steps: counted from the start, and from each time that one was due', () => {
  const { schedule } = scheduleAt(7);
  const policy = { ...usualCheckpoints, everySteps: 10 };
  expect(schedule.stepsUntilDue(policy, 7)).toBe(10);
  expect(schedule.isDue(policy, 16)).toBe(false);
  expect(schedule.isDue(policy, 17)).toBe(true);
  schedule.noteDue(17);
  expect(schedule.isDue(policy, 26)).toBe(false);
  expect(schedule.stepsUntilDue(usualCheckpoints, 999)).toBe(Infinity);
});

it('by minutes', () => {
  const { schedule, clock } = scheduleAt(0);
  const policy = { ...usualCheckpoints, everyMinutes: 2 };
  clock.now += 119_999;
  expect(schedule.isDue(policy, 1)).toBe(false);
  clock.now += 1;
  expect(schedule.isDue(policy, 1)).toBe(true);
});

it('for recovery: so early that half a minute is the most that is lost, and never where it is switched off', () => {
  const { schedule, clock } = scheduleAt(0);
  clock.now += 23_999;
  expect(schedule.isRecoveryDue(usualCheckpoints)).toBe(false);
  clock.now += 1;
  expect(schedule.isRecoveryDue(usualCheckpoints)).toBe(true);
  expect(schedule.isRecoveryDue({ ...usualCheckpoints, recoverySeconds: null })).toBe(false);
  schedule.noteTaken();
  expect(schedule.isRecoveryDue(usualCheckpoints)).toBe(false);
});

it('for recovery: seldom enough that writing takes a fifth of the time', () => {
  const { schedule, clock } = scheduleAt(0);
  const written = schedule.noteTaken();
  clock.now += 10_000;
  written();
  clock.now += 39_999;
  expect(schedule.isRecoveryDue(usualCheckpoints)).toBe(false);
  clock.now += 1;
  expect(schedule.isRecoveryDue(usualCheckpoints)).toBe(true);
});

it('before changes: at each, but of those that follow each other fast at the first, and again after some seconds', () => {
  const { schedule, clock } = scheduleAt(0);
  const taken: number[] = [];
  for (const begin = clock.now; clock.now < begin + 12_000; clock.now += 100)
    if (schedule.takeBeforeChange()) taken.push(clock.now - begin);
  expect(taken).toEqual([0, 5_000, 10_000]);
  for (let times = 0; times < 3; times++) {
    clock.now += 2_000;
    expect(schedule.takeBeforeChange()).toBe(true);
  }
});
