import type { RunConfig } from '../shared/config.ts';
import { changedConfig } from '../shared/live-change.ts';
import type { WeightEdit } from '../shared/weight-edit.ts';
import type { TrainerEvent } from '../shared/trainer-events.ts';

/** What a start was asked for, so that it can be repeated after a crash. */
export interface RunRequest {
  config: RunConfig;
  /** Name of the checkpoint in its folder to go back to; the newest if left out. */
  from?: string;
  /** A checkpoint in another folder from which a fresh run takes weights. */
  weightsFrom?: string;
  /** Weights that are set by hand before the run goes on. */
  edits?: WeightEdit[];
}

/** The request that starts again from the run's present state. */
export function requestAfter(request: RunRequest | null, event: TrainerEvent): RunRequest | null {
  if (request === null) return null;
  switch (event.type) {
    case 'changed':
      // What a person changed is part of the run.
      return { ...request, config: changedConfig(request.config, event.change) };
    case 'saved':
    case 'recovery-saved':
      // From here on, the run has a checkpoint of its own, which is the newest.
      return { config: request.config };
    default:
      return request;
  }
}
