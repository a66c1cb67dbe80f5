import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changeNotes,
  hasNotes,
  NOTES,
  readNotes,
} from '../../../../main/trainer/checkpoint/notes-file.ts';
import { foundText, surveyFolder } from '../../../../main/trainer/checkpoint/survey.ts';
import { FailureError } from '../../../../shared/ipc.ts';
import { noteTextSchema, notesOnWay, type RunNote } from '../../../../shared/run-notes.ts';
import * as v from 'valibot';
import { temporaryFolder } from '../../../support/folders.ts';

const nothing = (): Promise<void> => Promise.resolve();
const note = (id: number, step: number, branch = 1): RunNote => ({
  id,
  branch,
  step,
  text: `note ${id}`,
});

describe('the notes of a run', () => {
  it('are read as they were written, whatever a person writes', async () => {
    const folder = temporaryFolder();
    expect(await readNotes(folder)).toEqual({ notes: [], problem: null });
    const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { maxLength: 5 }), async (all) => {
        const notes = all.flatMap((text, k): RunNote[] => {
          const parsed = v.safeParse(noteTextSchema, text);
          return parsed.success ? [{ ...note(k + 1, k), text: parsed.output }] : [];
        });
        await changeNotes(folder, () => notes, nothing);
        expect(await readNotes(folder)).toEqual({ notes, problem: null });
      }),
      { numRuns: 20 },
    );
    expect(readdirSync(folder)).toEqual([NOTES]);
  });

  it.each([
    ['another program’s', '{"cells": []}'],
    ['no JSON', 'buy milk'],
    ['another version’s', '{"program": "Firstlayer", "format": 2, "notes": []}'],
    [
      'damaged',
      '{"program": "Firstlayer", "format": 1, "notes": [{"id": 1, "branch": 1, "step": -4, "text": "x"}]}',
    ],
    [
      'such as no run has',
      JSON.stringify({ program: 'Firstlayer', format: 1, notes: [note(1, 2), note(1, 3)] }),
    ],
  ])('a file that is %s is left as it is, which is said', async (_, text) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, NOTES), text);
    const { notes, problem } = await readNotes(folder);
    expect(notes).toEqual([]);
    expect(problem?.what).toContain('was left as it is');
    expect(problem?.where).toBe(join(folder, NOTES));
    await expect(changeNotes(folder, () => [note(1, 1)], nothing)).rejects.toThrow(FailureError);
    expect(readFileSync(join(folder, NOTES), 'utf8')).toBe(text);
  });

  it('a link is not followed', async () => {
    const [folder, elsewhere] = [temporaryFolder(), join(temporaryFolder(), 'mine.json')];
    writeFileSync(elsewhere, '');
    symlinkSync(elsewhere, join(folder, NOTES));
    await expect(changeNotes(folder, () => [note(1, 1)], nothing)).rejects.toThrow(FailureError);
    expect(readFileSync(elsewhere, 'utf8')).toBe('');
  });

  it('stay as they were where the folder has become another while they were written', async () => {
    const folder = temporaryFolder();
    await changeNotes(folder, () => [note(1, 1)], nothing);
    const gone = (): Promise<void> => Promise.reject(new Error('gone'));
    await expect(changeNotes(folder, () => [], gone)).rejects.toThrow('gone');
    expect((await readNotes(folder)).notes).toEqual([note(1, 1)]);
    expect(readdirSync(folder)).toEqual([NOTES]);
  });

  it('tell a start that the folder is another run’s, as curves do', async () => {
    const folder = temporaryFolder();
    await changeNotes(folder, () => [note(1, 1)], nothing);
    expect(await hasNotes(folder)).toBe(true);
    expect(foundText(await surveyFolder(folder))).toContain(`${NOTES}, the notes on a run`);
  });
});

it('on the way to a branch are those of its own and of its ancestors before the fork, by their steps', () => {
  const notes = [
    note(1, 50, 2),
    note(2, 10),
    note(3, 40),
    note(4, 30, 2),
    note(5, 5, 3),
    note(6, 30),
  ];
  const branch = { number: 2, forks: [{ branch: 1, step: 30 }] };
  expect(notesOnWay(notes, branch).map(({ id }) => id)).toEqual([2, 4, 6, 1]);
});
