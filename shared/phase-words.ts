import type { TrainingPhase } from './training-phase.ts';
import { formatCount } from './format.ts';
import type { ProgressEvent } from './trainer-events.ts';

type Tone = 'still' | 'busy' | 'active' | 'bad';

/** The phase as a person says it, and the tone of its dot. */
export const phaseWords: Record<TrainingPhase, { words: string; tone: Tone }> = {
  idle: { words: 'Ready', tone: 'still' },
  opening: { words: 'Opening the folder', tone: 'busy' },
  preparing: { words: 'Preparing', tone: 'busy' },
  training: { words: 'Training', tone: 'active' },
  paused: { words: 'Paused', tone: 'still' },
  saving: { words: 'Saving', tone: 'busy' },
  evaluating: { words: 'Evaluating', tone: 'busy' },
  stopping: { words: 'Stopping', tone: 'busy' },
  crashed: { words: 'Trainer crashed', tone: 'bad' },
};

/** How far an evaluation has come. */
export const evaluationWords = ({ detail, done, total }: ProgressEvent): string =>
  `${detail === 'training' ? 'training as validation' : detail}: ${formatCount(done)} of ${formatCount(total)} examples`;
