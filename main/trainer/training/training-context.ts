import type { TrainerEvent } from '../../../shared/trainer-events.ts';
import type { Control } from './control.ts';
import type { Run } from './run.ts';
import type { Saver } from './saving/saver.ts';

/** A run, and what steers it, saves it and reports it. */
export interface TrainingContext {
  readonly run: Run;
  readonly control: Control;
  readonly saver: Saver;
  readonly emit: (event: TrainerEvent) => void;
}
