import type { RunConfig } from '../shared/config.ts';
import { changedConfig } from '../shared/live-change.ts';
import type { WeightEdit } from '../shared/weight-edit.ts';
import type { TrainerEvent } from '../shared/trainer-events.ts';

/** What a start was asked for, to begin again with after a crash. */
export interface RunRequest {
  config: RunConfig;
  /** The checkpoint of its folder that it goes back to, by name; left out: the newest. */
  from?: string;
  /** The checkpoint of another folder whose weights a fresh run takes. */
  weightsFrom?: string;
  /** Weights that are set by hand before it goes on. */
  edits?: WeightEdit[];
}

/** The request that begins again where the run has come to. */
export function requestAfter(request: RunRequest | null, event: TrainerEvent): RunRequest | null {
  if (request === null) return null;
  switch (event.type) {
    case 'changed':
      // What a person changed is part of the run.
      return { ...request, config: changedConfig(request.config, event.change) };
    case 'saved':
    case 'recovery-saved':
      // From here on it has a checkpoint of its own, which is the newest.
      return { config: request.config };
    default:
      return request;
  }
}
