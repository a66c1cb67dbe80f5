import type { FailureNotice, TrainingState } from '../shared/training-state.ts';
import { changedConfig, rateFactorAfter } from '../shared/live-change.ts';
import type { TrainerEvent, TrainerEventOf, TrainerPhase } from '../shared/trainer-events.ts';
import { failureNotice } from './failure-notice.ts';

/** What a trainer event makes of the state the window shows. Pure, so that every path can be tested without a process. */

const noTimeLeft = { reading: null, progress: null, secondsLeft: null } as const;

/** The state after an event; the same object where the event changes nothing of it. */
export function nextState(state: TrainingState, event: TrainerEvent): TrainingState {
  switch (event.type) {
    case 'phase':
      return withPhase(state, event.phase, event.detail);
    case 'opened':
      return {
        ...state,
        // A start may have been asked for while the folder was being looked at: its phase stays.
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

/** What is told of the run is told of it as it is now: of the numbers that were changed, the newest. */
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
 * The trainer tells what it does; `opening` and `stopping` tell what it was asked for, and last until that is done, for the
 * trainer is busy in other words meanwhile.
 */
function withPhase(state: TrainingState, phase: TrainerPhase, detail: string): TrainingState {
  if (state.phase === 'crashed') return state;
  if (state.phase === 'opening') return phase === 'idle' ? state : { ...state, detail };
  if (state.phase === 'stopping' && phase !== 'idle') return { ...state, detail };
  return { ...state, phase, detail, reading: null };
}

/** A start was asked for: what the run before told is over. */
export const startingState = (state: TrainingState): TrainingState => ({
  ...state,
  ...noTimeLeft,
  phase: 'preparing',
  detail: 'Starting',
  failure: null,
  finished: null,
});

/** The trainer is gone. Everything that was reached stays to be seen. */
export const crashedState = (state: TrainingState, failure: FailureNotice): TrainingState => ({
  ...state,
  ...noTimeLeft,
  phase: 'crashed',
  detail: '',
  failure,
});
