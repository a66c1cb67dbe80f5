import * as v from 'valibot';
import { phases } from './trainer-events.ts';

/** The trainer's phases, and those that only the window's side can know. */
export const trainingPhaseSchema = v.picklist([...phases, 'opening', 'stopping', 'crashed']);
export type TrainingPhase = v.InferOutput<typeof trainingPhaseSchema>;

/** True while there is a run that has something to lose: settings and folder stay as they are. */
export const isBusyPhase = (phase: TrainingPhase): boolean =>
  phase !== 'idle' && phase !== 'opening' && phase !== 'crashed';
