import { describe, expect, it } from 'vitest';
import { primaryAction } from '../../../../renderer/state/primary-action.ts';

const ready = {
  phase: 'idle',
  pausing: false,
  checkpoint: null,
  resumesAt: null,
  found: null,
  invalid: [],
  epochs: 10,
  edits: 0,
  isProving: false,
} as const;
const savedAfter = (epoch: number) => {
  const step = epoch * 430 + 7;
  return { checkpoint: { path: 'model.ckpt', step, epoch, seed: 1 }, resumesAt: step };
};

describe('primaryAction', () => {
  it('starts in an empty folder', () => {
    expect(primaryAction(ready)).toEqual({ label: 'Start', does: 'start', reason: '' });
  });

  it('says that something else lies in the folder', () => {
    const found = { what: 'A checkpoint without a record.', canTakeOver: true };
    expect(primaryAction({ ...ready, found }).reason).toContain(
      'Something else lies in this folder',
    );
  });

  it('goes on in the epoch after those that are done', () => {
    const action = primaryAction({ ...ready, ...savedAfter(2) });
    expect(action).toMatchObject({ label: 'Resume from epoch 3', does: 'start' });
    expect(action.reason).toContain('step 867');
    expect(primaryAction({ ...ready, ...savedAfter(0) }).label).toBe('Resume from epoch 1');
  });

  it('names the step that it goes on from, also where that is later than the checkpoint that is shown', () => {
    const later = primaryAction({ ...ready, ...savedAfter(2), resumesAt: 1_000 });
    expect(later.label).toBe('Resume from epoch 3');
    expect(later.reason).toContain('step 1,000');
    expect(primaryAction({ ...ready, resumesAt: 100 })).toMatchObject({
      label: 'Resume from epoch 1',
      reason: 'Goes on from this folder’s checkpoint at step 100.',
    });
  });

  it('says how to train a finished run further', () => {
    const action = primaryAction({ ...ready, ...savedAfter(10) });
    expect(action).toMatchObject({ label: 'Resume from epoch 10', does: 'start' });
    expect(action.reason).toContain('Raise the number of epochs');
  });

  it('waits for valid values and names those that are not', () => {
    const action = primaryAction({ ...ready, invalid: ['Epochs', 'Seed'], epochs: 0 });
    expect(action).toEqual({ label: 'Start', does: null, reason: 'Correct first: Epochs, Seed.' });
    expect(
      primaryAction({ ...ready, ...savedAfter(2), invalid: ['Epochs'], epochs: 0 }),
    ).toMatchObject({ label: 'Resume from epoch 3', does: null });
  });

  it('pauses a run, also while it evaluates and saves between epochs', () => {
    for (const phase of ['training', 'evaluating', 'saving'] as const)
      expect(primaryAction({ ...ready, phase })).toMatchObject({ label: 'Pause', does: 'pause' });
    expect(primaryAction({ ...ready, phase: 'evaluating', pausing: true }).does).toBeNull();
  });

  it('resumes a paused run whatever the form says, for the run has its own values', () => {
    const action = primaryAction({ ...ready, phase: 'paused', invalid: ['Seed'] });
    expect(action).toMatchObject({ label: 'Resume', does: 'resume' });
  });

  it('does nothing while something is under way', () => {
    for (const phase of ['opening', 'preparing', 'stopping'] as const)
      expect(primaryAction({ ...ready, phase }).does).toBeNull();
  });
});
