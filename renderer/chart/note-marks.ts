import type { RunNote } from '../../shared/run-notes.ts';
import type { BranchEvent, RunEvent } from '../../shared/trainer-events.ts';

/** What a person noted, as a mark among what happened to the run. */
export interface NoteEvent extends RunNote {
  type: 'note';
}

/** What is marked on the curves. */
export type MarkedEvent = RunEvent | NoteEvent;
export interface MarkedBranchEvent {
  branch: number;
  event: MarkedEvent;
}

export const isNote = (event: MarkedEvent): event is NoteEvent => event.type === 'note';
export const isNoNote = (event: MarkedEvent): event is RunEvent => event.type !== 'note';

/**
 * What happened with what was noted on it: a note comes after all that happened at its step.
 * @param events of the way that led to where the run is
 * @param notes on that way
 */
export const eventsWithNotes = (
  events: readonly BranchEvent[],
  notes: readonly RunNote[],
): MarkedBranchEvent[] => [
  ...events,
  ...notes.map((note) => ({ branch: note.branch, event: { type: 'note' as const, ...note } })),
];
