import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Branch } from '../../../../shared/branch.ts';
import { usualCheckpoints } from '../../../../shared/config.ts';
import {
  branchFrom,
  newestFirst,
  type Entry,
} from '../../../../main/trainer/checkpoint/lineage.ts';
import { idOfFile, nameOf, parseName } from '../../../../main/trainer/checkpoint/names.ts';
import { expendableCheckpoints } from '../../../../main/trainer/checkpoint/retention.ts';

const first: Branch = { number: 1, forks: [] };
const second: Branch = { number: 2, forks: [{ branch: 1, step: 20 }] };

const entry = (step: number, lineage = first, more: Partial<Entry> = {}): Entry => ({
  branch: lineage.number,
  step,
  epoch: step / 10,
  atEpochEnd: true,
  pinned: false,
  lineage,
  validationLoss: null,
  validationAccuracy: null,
  bytes: 1,
  ...more,
});

const names = (entries: readonly Entry[]): string[] => entries.map(nameOf);

describe('names', () => {
  it('are TensorFlow’s own on the first branch, and are read back', () => {
    expect(nameOf({ branch: 1, step: 430 })).toBe('model.ckpt-430');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e8 }), fc.nat(), (branch, step) => {
        expect(parseName(nameOf({ branch, step }))).toEqual({ branch, step });
      }),
    );
  });

  it.each([
    'model.ckpt-',
    'model.ckpt-007',
    'model.ckpt--1',
    'model.branch-1.ckpt-5',
    'model.branch-02.ckpt-5',
    'model.ckpt-5.notes',
    ' model.ckpt-5',
  ])('%j is none', (name) => {
    expect(parseName(name)).toBeNull();
    expect(idOfFile(`${name}.index`)).toBeNull();
  });
});

describe('the order in which a run looks for a checkpoint', () => {
  it('is back along the newest branch, then what was left', () => {
    const entries = [entry(10), entry(20), entry(30), entry(25, second), entry(22, second)];
    expect(names(newestFirst(entries))).toEqual([
      'model.branch-2.ckpt-25',
      'model.branch-2.ckpt-22',
      'model.ckpt-20',
      'model.ckpt-10',
      'model.ckpt-30',
    ]);
  });
});

describe('training on', () => {
  it('from the newest stays on its branch', () => {
    const entries = [entry(10), entry(20)];
    expect(branchFrom(entries[1]!, entries)).toEqual(first);
  });

  it('from an earlier one begins a branch that knows where it came from', () => {
    const entries = [entry(10), entry(20), entry(25, second)];
    expect(branchFrom(entries[0]!, entries)).toEqual({
      number: 3,
      forks: [{ branch: 1, step: 10 }],
    });
    // The tip of a branch that was left is an earlier one too.
    expect(branchFrom(entries[1]!, entries).number).toBe(3);
  });

  it('afresh beside names of another program takes none of them', () => {
    expect(branchFrom(null, [{ branch: 1, step: 999 }])).toEqual({ number: 2, forks: [] });
    expect(branchFrom(null, [])).toEqual(first);
  });
});

describe('what may be pruned', () => {
  const entries = [10, 20, 30, 40, 50].map((step) => entry(step));

  it('is all but the newest few and the best', () => {
    const policy = { ...usualCheckpoints, keep: 2 };
    expect(names(expendableCheckpoints(entries, policy, 10))).toEqual([
      'model.ckpt-30',
      'model.ckpt-20',
    ]);
  });

  it('is never what is pinned, nor every Nth epoch’s', () => {
    const policy = { ...usualCheckpoints, keep: 1, keepEveryEpochs: 2 };
    const pinned = entries.map((each) => (each.step === 30 ? { ...each, pinned: true } : each));
    expect(names(expendableCheckpoints(pinned, policy, null))).toEqual(['model.ckpt-10']);
  });
});
