import { join } from 'node:path';
import type {
  CheckpointAnswer,
  CheckpointRequestOf,
} from '../../../../shared/checkpoint-protocol.ts';
import { FailureError } from '../../../../shared/ipc.ts';
import { MOST_NOTES, type RunNote } from '../../../../shared/run-notes.ts';
import { changeNotes, NOTES, readNotes } from '../notes-file.ts';
import { changeFolder, type AskedFolder } from './asked-folder.ts';

/** Answers what is asked of a run's notes. */

export async function answerNotes({ folder }: AskedFolder): Promise<CheckpointAnswer> {
  return { type: 'notes', ...(await readNotes(folder)) };
}

export const answerAddNote = (
  asked: AskedFolder,
  { branch, step, text }: CheckpointRequestOf<'add-note'>,
): Promise<CheckpointAnswer> =>
  answerChange(asked, (notes) => {
    if (notes.length >= MOST_NOTES)
      throw new FailureError({
        what: `This run has ${MOST_NOTES} notes, which are all that are kept.`,
        where: join(asked.folder, NOTES),
        remedy: 'Remove one that is not needed any more.',
      });
    const id = 1 + Math.max(0, ...notes.map((note) => note.id));
    return [...notes, { id, branch, step, text }];
  });

export const answerEditNote = (
  asked: AskedFolder,
  { id, text }: CheckpointRequestOf<'edit-note'>,
): Promise<CheckpointAnswer> =>
  answerChange(asked, (notes) => {
    const edited = noteOf(asked.folder, notes, id);
    return notes.map((note) => (note === edited ? { ...note, text } : note));
  });

export const answerRemoveNote = (
  asked: AskedFolder,
  { id }: CheckpointRequestOf<'remove-note'>,
): Promise<CheckpointAnswer> =>
  answerChange(asked, (notes) => {
    const removed = noteOf(asked.folder, notes, id);
    return notes.filter((note) => note !== removed);
  });

/** Notes are read, changed and written whole: one change waits for the one before. */
let lastChange: Promise<unknown> = Promise.resolve();

async function answerChange(
  asked: AskedFolder,
  change: (notes: readonly RunNote[]) => readonly RunNote[],
): Promise<CheckpointAnswer> {
  let notes: RunNote[] = [];
  const changed = lastChange.then(() =>
    changeFolder(asked, async (store) => {
      await store.checkSame();
      notes = await changeNotes(store.folder, change, () => store.checkSame());
    }),
  );
  lastChange = changed.catch(() => undefined);
  await changed;
  return { type: 'notes', notes, problem: null };
}

/** @throws FailureError when there is no such note */
function noteOf(folder: string, notes: readonly RunNote[], id: number): RunNote {
  const note = notes.find((each) => each.id === id);
  if (note) return note;
  throw new FailureError({
    what: 'This note is not there any more.',
    where: join(folder, NOTES),
    remedy: 'Look at the notes again: another window may have removed it.',
  });
}
