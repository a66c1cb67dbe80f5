import type { TrainingContext } from '../training-context.ts';
import type { Progress } from '../progress.ts';
import { EarlyStopping } from './early-stopping.ts';
import { FilterFilm } from './filter-film.ts';
import { LayerDiagnostics } from './layer-diagnostics.ts';
import { ReadyForCheckpoints } from './ready-for-checkpoints.ts';
import { TrainingClock } from './training-clock.ts';
import type { TrainingObserver } from './observer.ts';
import { ProgressObserver } from './progress-observer.ts';
import { ReduceOnPlateau } from './reduce-on-plateau.ts';
import { StepEvents } from './step-events.ts';
import { StopAtGoal } from './stop-at-goal.ts';
import { TerminateOnDivergence } from './terminate-on-divergence.ts';

/**
 * All observers, in the order in which they are told of a step or an epoch: those that may end training come before those that report it.
 */
export const trainingObservers = (
  training: TrainingContext,
  progress: Progress,
): TrainingObserver[] => [
  new TerminateOnDivergence(training),
  new ProgressObserver(progress),
  new StepEvents(training, progress),
  new LayerDiagnostics(training),
  new FilterFilm(training),
  new ReduceOnPlateau(training),
  new EarlyStopping(training),
  new StopAtGoal(training),
  // It tells the time that the goal has counted.
  new TrainingClock(training),
  // All have told of the first step by then.
  new ReadyForCheckpoints(training),
];
