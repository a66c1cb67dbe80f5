import * as v from 'valibot';
import { stretchesOf, type Branch } from './branch.ts';
import { count } from './schema-parts.ts';

/** Notes that a person pins to points of a run: to a step of a branch, whether a checkpoint of it was kept or not. */

/** So many characters of a note are kept. */
export const LONGEST_NOTE = 500;
/** So many notes of one run. */
export const MOST_NOTES = 1_000;

export const noteTextSchema = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'a note needs a text'),
  v.maxLength(LONGEST_NOTE, `a note has at most ${LONGEST_NOTE} characters`),
);

export const runNoteSchema = v.strictObject({
  /** From 1; no two notes of a run share one. */
  id: v.pipe(count, v.minValue(1)),
  branch: v.pipe(count, v.minValue(1)),
  /** Steps that were done before it. */
  step: count,
  text: noteTextSchema,
});
export type RunNote = v.InferOutput<typeof runNoteSchema>;

/** What a person writes, and where it is pinned. */
export const newNoteSchema = v.omit(runNoteSchema, ['id']);
export type NewNote = v.InferOutput<typeof newNoteSchema>;

/** What may be asked of a folder's notes. Each is answered with all that there are then. */
export const noteRequests = [
  v.strictObject({ type: v.literal('notes') }),
  v.strictObject({ type: v.literal('add-note'), ...newNoteSchema.entries }),
  v.strictObject({
    type: v.literal('edit-note'),
    ...v.pick(runNoteSchema, ['id', 'text']).entries,
  }),
  v.strictObject({ type: v.literal('remove-note'), ...v.pick(runNoteSchema, ['id']).entries }),
] as const;

/**
 * The notes on the way that a branch has come, by their steps.
 * @param notes of the whole folder
 */
export function notesOnWay(notes: readonly RunNote[], branch: Branch): RunNote[] {
  const stretches = stretchesOf(branch);
  return notes
    .filter((note) => {
      const own = stretches.find((stretch) => stretch.branch === note.branch);
      // What is pinned where a branch begins is on its way, as what happened there.
      return own !== undefined && note.step >= own.after && note.step <= own.last;
    })
    .sort((a, b) => a.step - b.step || a.id - b.id);
}
