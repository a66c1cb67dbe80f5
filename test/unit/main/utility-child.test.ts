import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeUtilityProcess } from '../../support/fake-utility-process.ts';
import { UtilityChild } from '../../../main/utility-child.ts';

let fake: FakeUtilityProcess<unknown>;
vi.mock('electron', () => ({ utilityProcess: { fork: () => (fake = new FakeUtilityProcess()) } }));

describe('UtilityChild', () => {
  const ends: string[][] = [];
  let child: UtilityChild;
  beforeEach(() => {
    vi.useFakeTimers();
    ends.length = 0;
    child = new UtilityChild('entry.js', 'Firstlayer test', {
      onMessage: () => undefined,
      onExit: (...end) => ends.push(end),
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('that does not hear the first signal is killed by one that cannot be missed', () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    fake.spawn();
    child.kill();
    expect(fake.kills).toBe(1);
    vi.advanceTimersByTime(5_000);
    expect(kill).toHaveBeenCalledWith(fake.pid, 'SIGKILL');
  });

  it('that has ended is not killed: its number may be another’s by now', () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    fake.spawn();
    child.kill();
    fake.emit('exit', 15);
    vi.advanceTimersByTime(5_000);
    expect(kill).not.toHaveBeenCalled();
    expect(ends).toHaveLength(1);
  });

  it('that is killed before it was spawned ends all the same', () => {
    vi.spyOn(process, 'kill').mockReturnValue(true);
    child.kill();
    fake.spawn();
    expect(fake.kills).toBe(1);
  });

  it('whose JavaScript memory is full ends alone', () => {
    expect(() => fake.emit('error', 'FatalError', 'heap', '{}')).not.toThrow();
    fake.emit('exit', 6);
    expect(ends).toEqual([[expect.stringContaining('6'), 'FatalError at heap']]);
  });
});
