import { join } from 'node:path';
import * as v from 'valibot';
import { FailureError, type Failure } from '../../../shared/ipc.ts';
import { MOST_NOTES, runNoteSchema, type RunNote } from '../../../shared/run-notes.ts';
import { messageOf } from '../../../shared/system-errors.ts';
import { isLink, readIfThere, replaceFile, syncFolder } from '../files/durable-files.ts';

/** The file of a run's notes, beside its checkpoints. */
export const NOTES = 'notes.json';

const notesFileSchema = v.strictObject({
  program: v.literal('Firstlayer'),
  format: v.literal(1),
  notes: v.pipe(
    v.array(runNoteSchema),
    v.maxLength(MOST_NOTES),
    v.check(
      (notes) => new Set(notes.map(({ id }) => id)).size === notes.length,
      'two have the same id',
    ),
  ),
});

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** A folder's notes, and why they could not be read; they are none then, and the file is left as it is. */
export interface ReadNotes {
  notes: RunNote[];
  problem: Failure | null;
}

export async function readNotes(folder: string): Promise<ReadNotes> {
  const path = join(folder, NOTES);
  let text: string | null;
  try {
    if (await isLink(path)) return unusable(path, 'is a link');
    text = await readIfThere(path);
  } catch (error) {
    return unusable(path, `cannot be read: ${messageOf(error)}`);
  }
  // A crash of the disk may leave an empty file.
  if (text === null || text.trim() === '') return { notes: [], problem: null };
  const content = parsedJson(text);
  const parsed = v.safeParse(notesFileSchema, content);
  if (parsed.success) return { notes: parsed.output.notes, problem: null };
  const isOurs = v.is(v.object({ program: v.literal('Firstlayer') }), content);
  const [issue] = parsed.issues;
  return unusable(
    path,
    isOurs
      ? `is another version’s or damaged (${v.getDotPath(issue) ?? 'its content'}: ${issue.message})`
      : 'is another program’s, or damaged',
  );
}

const unusable = (where: string, why: string): ReadNotes => ({
  notes: [],
  problem: {
    what: `${NOTES} in this folder ${why}, and was left as it is: the run’s notes are not known.`,
    where,
    remedy: 'Move that file elsewhere to write notes on this run. Nothing else is touched by this.',
  },
});

/** Whether the folder holds notes that this app wrote. */
export const hasNotes = async (folder: string): Promise<boolean> =>
  (await readNotes(folder)).notes.length > 0;

/**
 * Changes the notes of a folder, completely or not at all. The caller holds the folder's lock, and changes one after the other.
 * @param check rejects when the folder is no longer the same
 * @throws FailureError when the file is another program's, damaged or a link; what `change` and `check` throw; Error when it cannot be
 * written
 */
export async function changeNotes(
  folder: string,
  change: (notes: readonly RunNote[]) => readonly RunNote[],
  check: () => Promise<void>,
): Promise<RunNote[]> {
  const { notes: before, problem } = await readNotes(folder);
  if (problem) throw new FailureError(problem);
  const notes = [...change(before)];
  const content = { program: 'Firstlayer', format: 1, notes } as const;
  await replaceFile(join(folder, NOTES), `${JSON.stringify(content, null, 1)}\n`, check);
  await syncFolder(folder);
  return notes;
}
