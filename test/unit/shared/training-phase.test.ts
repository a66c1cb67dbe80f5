import { expect, it } from 'vitest';
import { isBusyPhase, trainingPhaseSchema } from '../../../shared/training-phase.ts';

it('isBusyPhase tells what has something to lose', () => {
  expect(trainingPhaseSchema.options.filter((phase) => !isBusyPhase(phase))).toEqual([
    'idle',
    'opening',
    'crashed',
  ]);
});
