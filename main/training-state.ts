import type { FailureNotice, TrainingState } from '../shared/training-state.ts';
import { changedConfig, rateFactorAfter } from '../shared/live-change.ts';
import type { TrainerEvent, TrainerEventOf, TrainerPhase } from '../shared/trainer-events.ts';
import { failureNotice } from './failure-notice.ts';

/** Derives the state that the window shows from a trainer event. It is pure, so that every path can be tested without a process. */

const noTimeLeft = { reading: null, progress: null, secondsLeft: null } as const;

/** The state after an event; the same object if the event changes nothing. */
export function nextState(state: TrainingState, event: TrainerEvent): TrainingState {
  switch (event.type) {
    case 'phase':
      return withPhase(state, event.phase, event.detail);
    case 'opened':
      return {
        ...state,
        // If a start was asked for while the folder was being opened, its phase stays.
        ...(state.phase === 'opening' ? { phase: 'idle', detail: '' } : {}),
        network: event.config?.network ?? null,
        images: event.images ?? null,
        lastStep: event.history.steps.at(-1) ?? null,
        pace: null,
        ...noTimeLeft,
        lastSaved: null,
        finished: null,
        resumesAt: event.restoredFrom?.step ?? null,
      };
    case 'started':
      return {
        ...state,
        ...noTimeLeft,
        pace: null,
        started: event,
        network: event.config.network,
        images: event.images ?? null,
        finished: null,
        failure: null,
        resumesAt: event.restoredFrom?.step ?? null,
      };
    case 'step':
      return { ...state, lastStep: event, progress: null };
    case 'pace':
      return { ...state, pace: event, progress: null, secondsLeft: event.secondsLeft };
    case 'reading':
      return { ...state, reading: event };
    case 'progress':
      return { ...state, progress: event, secondsLeft: event.secondsLeft };
    case 'changed':
    case 'rate-lowered':
      return state.started ? { ...state, started: startedNow(state.started, event) } : state;
    case 'saved':
      return { ...state, lastSaved: event, resumesAt: event.step };
    case 'recovery-saved':
      return { ...state, resumesAt: event.step };
    case 'finished':
      return { ...state, ...noTimeLeft, phase: 'idle', detail: '', finished: event };
    case 'stopped':
      return {
        ...state,
        ...noTimeLeft,
        phase: 'idle',
        detail: '',
        resumesAt: event.checkpoint?.step ?? state.resumesAt,
      };
    case 'failed':
      return {
        ...state,
        ...noTimeLeft,
        phase: 'idle',
        detail: '',
        failure: failureNotice(event),
      };
    default:
      return state;
  }
}

/** Keeps the description of the run up to date with changed settings. */
function startedNow(
  started: TrainerEventOf<'started'>,
  event: TrainerEventOf<'changed' | 'rate-lowered'>,
): TrainerEventOf<'started'> {
  if (event.type === 'rate-lowered') return { ...started, rateFactor: event.rateFactor ?? 1 };
  return {
    ...started,
    config: changedConfig(started.config, event.change),
    rateFactor: rateFactorAfter(event.change, started.rateFactor ?? 1),
  };
}

/**
 * The phase after the trainer has reported one. `opening` and `stopping` say what the trainer was asked for; they last until it is done,
 * whatever the trainer reports meanwhile.
 */
function withPhase(state: TrainingState, phase: TrainerPhase, detail: string): TrainingState {
  if (state.phase === 'crashed') return state;
  if (state.phase === 'opening') return phase === 'idle' ? state : { ...state, detail };
  if (state.phase === 'stopping' && phase !== 'idle') return { ...state, detail };
  return { ...state, phase, detail, reading: null };
}

/** The state when a start is asked for: results of the run before are cleared. */
export const startingState = (state: TrainingState): TrainingState => ({
  ...state,
  ...noTimeLeft,
  phase: 'preparing',
  detail: 'Starting',
  failure: null,
  finished: null,
});

/** The state when the trainer is gone: everything that was reached stays visible. */
export const crashedState = (state: TrainingState, failure: FailureNotice): TrainingState => ({
  ...state,
  ...noTimeLeft,
  phase: 'crashed',
  detail: '',
  failure,
});
