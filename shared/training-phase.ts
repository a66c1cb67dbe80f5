import * as v from 'valibot';
import { phases } from './trainer-events.ts';

/** The trainer's phases, and those that only the main process knows. */
export const trainingPhaseSchema = v.picklist([...phases, 'opening', 'stopping', 'crashed']);
export type TrainingPhase = v.InferOutput<typeof trainingPhaseSchema>;

/** Whether there is a run with something to lose, so that settings and folder cannot change. */
export const isBusyPhase = (phase: TrainingPhase): boolean =>
  phase !== 'idle' && phase !== 'opening' && phase !== 'crashed';
