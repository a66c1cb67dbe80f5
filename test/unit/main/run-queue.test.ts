import { writeFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readQueueFile, writeQueueFile } from '../../../main/run-queue-file.ts';
import { RunQueue } from '../../../main/run-queue.ts';
import type { Failure } from '../../../shared/ipc.ts';
import { seedRun } from '../../../shared/presets.ts';
import type { QueuedRun } from '../../../shared/run-queue.ts';
import type { TrainerEvent } from '../../../shared/trainer-events.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { phase, started } from './events.ts';

const run = (name: string): Omit<QueuedRun, 'id'> => ({
  ...{ name, folder: `/runs/${name}`, config: seedRun(), secondsExpected: null },
});
const finished: TrainerEvent = {
  ...{ type: 'finished', epoch: 1, step: 4, seconds: 1 },
  test: { loss: 1, accuracy: 0.5 },
};
const stopped: TrainerEvent = { type: 'stopped', epoch: 0, step: 2, checkpoint: null };
const failed: TrainerEvent = { type: 'failed', what: 'No data.', where: 'w', remedy: 'r' };

describe('RunQueue', () => {
  let isBusy: boolean;
  let begun: string[];
  let kept: string[];
  let queue: RunQueue;
  const make = (runs: readonly QueuedRun[] = []): RunQueue =>
    new RunQueue(runs, {
      isBusy: () => isBusy,
      begin({ name }) {
        if (name === 'unwritable') throw new Error('It cannot be written to.');
        begun.push(name);
        isBusy = true;
      },
      tell: () => undefined,
      keep: (all) => (kept = all.map(({ name }) => name)),
    });
  /** As the trainer tells the end of a run. */
  const end = (outcome: TrainerEvent): void => {
    queue.onEvent(started(null));
    isBusy = false;
    queue.onEvent(outcome);
    queue.onEvent(phase('idle'));
  };
  const names = (): string[] => queue.state.runs.map(({ name }) => name);

  beforeEach(() => {
    isBusy = false;
    begun = [];
    kept = [];
    queue = make();
    for (const name of ['a', 'b', 'c']) queue.add(run(name));
  });

  it('begins when it is told to, and then one after the other', () => {
    expect(begun).toEqual([]);
    queue.goOn();
    expect([begun, names()]).toEqual([['a'], ['b', 'c']]);
    // The one that trains comes first again should the app end now.
    expect(kept).toEqual(['a', 'b', 'c']);
    queue.onEvent(finished);
    expect(begun).toEqual(['a']);
    end(finished);
    end(finished);
    end(finished);
    expect(begun).toEqual(['a', 'b', 'c']);
    expect([kept, queue.state.current, queue.state.goesOn]).toEqual([[], null, false]);
  });

  it('follows a run that is under way when something is added to it', () => {
    queue = make();
    isBusy = true;
    queue.add(run('next'));
    end(finished);
    expect(begun).toEqual(['next']);
  });

  it('waits after a stop, says so, and goes on with the next', () => {
    queue.goOn();
    end(stopped);
    expect(begun).toEqual(['a']);
    expect(queue.state).toMatchObject({ goesOn: false, reason: '“a” was stopped.', current: null });
    queue.goOn();
    expect(begun).toEqual(['a', 'b']);
  });

  it('waits after a failure or a crash, and goes on with the same run', () => {
    queue.goOn();
    end(failed);
    expect(queue.state.reason).toBe('“a” failed: No data.');
    expect(names()).toEqual(['a', 'b', 'c']);
    queue.goOn();
    isBusy = false;
    queue.onCrash();
    expect(queue.state.reason).toContain('crashed');
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(begun).toEqual(['a', 'a']);
  });

  it('waits where a run cannot begin', () => {
    queue = make();
    queue.add(run('unwritable'));
    queue.goOn();
    expect(queue.state).toMatchObject({ goesOn: false, current: null });
    expect(queue.state.reason).toContain('It cannot be written to.');
    expect(names()).toEqual(['unwritable']);
  });

  it('does not take the app’s end for a stop', () => {
    queue.goOn();
    queue.end();
    end(stopped);
    expect(kept).toEqual(['a', 'b', 'c']);
    queue = make([{ ...run('a'), id: '1' }]);
    expect(queue.state).toMatchObject({ goesOn: false, reason: 'The app was started anew.' });
  });

  it('is reordered, and what was removed comes back to its place', () => {
    const [, b, c] = queue.state.runs;
    queue.move(c!.id, -1);
    expect(names()).toEqual(['a', 'c', 'b']);
    queue.move(b!.id, 1);
    expect(names()).toEqual(['a', 'c', 'b']);
    queue.remove(c!.id);
    expect(names()).toEqual(['a', 'b']);
    queue.putBack(c!.id);
    queue.putBack(c!.id);
    expect(names()).toEqual(['a', 'c', 'b']);
  });

  it('is held during a run', () => {
    queue.goOn();
    queue.hold();
    end(finished);
    expect(begun).toEqual(['a']);
    expect(queue.state.current).toBeNull();
  });
});

it('the file gives back what was kept; one that cannot be read is told and kept aside', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'queue.json');
  const warnings: Failure[] = [];
  const warn = (failure: Failure) => warnings.push(failure);
  const runs = [{ ...run('a'), id: '1', secondsExpected: 4 }];
  expect(readQueueFile(file, warn)).toEqual([]);
  writeQueueFile(file, runs, warn);
  expect(readQueueFile(file, warn)).toEqual(runs);
  expect(warnings).toEqual([]);
  writeFileSync(file, '{"runs":[{"id":1}]}');
  expect(readQueueFile(file, warn)).toEqual([]);
  expect(warnings[0]?.what).toContain('could not be read');
  expect(readdirSync(folder).some((name) => name.includes('unreadable'))).toBe(true);
});
