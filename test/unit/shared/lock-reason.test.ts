import { describe, expect, it } from 'vitest';
import { fieldList } from '../../../shared/fields.ts';
import { isLivePath, liveLockReason, lockReason } from '../../../shared/lock-reason.ts';
import {
  isBusyPhase,
  trainingPhaseSchema,
  type TrainingPhase,
} from '../../../shared/training-phase.ts';

const phases: readonly TrainingPhase[] = trainingPhaseSchema.options;
const paths = fieldList.map(([path]) => path);

describe('lockReason', () => {
  it('locks nothing while no run is under way', () => {
    for (const phase of phases.filter((each) => !isBusyPhase(each)))
      for (const path of paths) expect(lockReason(path, phase)).toBeNull();
  });

  it('leaves what may change live open while the run trains, is paused, evaluates or saves', () => {
    for (const phase of ['training', 'paused', 'evaluating', 'saving'] as const)
      for (const [path, { live }] of fieldList)
        expect(lockReason(path, phase) === null, `${path} while ${phase}`).toBe(live === true);
  });

  it('locks all of it, with a reason, before the first step and at the end', () => {
    for (const phase of ['preparing', 'stopping'] as const)
      for (const path of paths) expect(lockReason(path, phase)).toMatch(/^[A-Z].*\.$/);
  });

  it('says what to do: stop, or another folder', () => {
    expect(lockReason('data.batchSize', 'training')).toContain('Stop the run to change it');
    expect(lockReason('network.layers.3.filters', 'paused')).toContain('in another folder');
    expect(lockReason('training.seed', 'paused')).toContain('in another folder');
  });

  it('knows a dropout’s rate by the number of its layer, and no other number of a layer', () => {
    expect(isLivePath('network.layers.3.rate')).toBe(true);
    expect(isLivePath('network.layers.3.momentum')).toBe(false);
    expect(lockReason('network.layers.3.momentum', 'training')).toContain('these layers');
  });
});

it('live numbers are none where no run is under way, with the reason', () => {
  for (const phase of phases)
    expect(liveLockReason(phase) === null, phase).toBe(
      ['training', 'paused', 'evaluating', 'saving'].includes(phase),
    );
});
