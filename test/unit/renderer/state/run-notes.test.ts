import { beforeEach, describe, expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { RunNotes } from '../../../../renderer/state/run-notes.svelte.ts';
import { Toasts } from '../../../../renderer/state/toasts.svelte.ts';
import { eventMarksOf } from '../../../../renderer/chart/event-marks.ts';
import { eventsWithNotes } from '../../../../renderer/chart/note-marks.ts';
import type { RunNote } from '../../../../shared/run-notes.ts';
import { emptyHistory } from '../../../../shared/branched-history.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

/** A run that was forked from step 40 of branch 1 and has come to step 90. */
const run = {
  runEvents: { branch: { number: 2, forks: [{ branch: 1, step: 40 }] } },
  lossRecord: { newestStep: 90 },
};
const note = (id: number, step: number, branch: number): RunNote => ({
  ...{ id, step, branch },
  text: `note ${id}`,
});
const told = (...notes: RunNote[]) => ({ type: 'notes', notes, problem: null });
const refusal = { what: 'The disk is full.', where: '/run', remedy: 'Make room.' };

let bridge: AnsweringBridge;
let toasts: Toasts;
let notes: RunNotes;
const answer = (value: unknown) => bridge.last('checkpoints').answer(value);
const asked = () => bridge.asked.map(({ input }) => input);

beforeEach(async () => {
  bridge = new AnsweringBridge();
  toasts = new Toasts();
  notes = new RunNotes(new Api(bridge), toasts, run);
  bridge.tell('history', emptyHistory);
  await answer(told(note(1, 10, 1), note(2, 60, 1)));
});

describe('notes on a run', () => {
  it('are those on its way; what was noted on another branch after the fork is not among them', () => {
    expect(notes.shown.map(({ id }) => id)).toEqual([1]);
    expect(notes.all).toHaveLength(2);
  });

  it('belong to the branch whose step they are pinned to, and Undo takes one back', async () => {
    notes.beginNew();
    expect(notes.draft).toMatchObject({ id: null, step: 90, text: '' });
    void notes.keepDraft(40, 'before the fork');
    expect(asked().at(-1)).toMatchObject({ type: 'add-note', branch: 1, step: 40 });
    await answer(told(note(1, 10, 1), note(2, 60, 1), note(3, 40, 1)));
    expect(notes.draft!.failure).toBeNull();
    notes.closeDraft();
    expect(notes.shown.map(({ id }) => id)).toEqual([1, 3]);
    toasts.undo();
    expect(asked().at(-1)).toEqual({ type: 'remove-note', id: 3 });
    void notes.keepDraft(41, 'nothing is being written');
    expect(asked().at(-1)).toEqual({ type: 'remove-note', id: 3 });
    notes.beginNew();
    void notes.keepDraft(41, 'after it');
    expect(asked().at(-1)).toMatchObject({ type: 'add-note', branch: 2, step: 41 });
  });

  it('may be on a checkpoint of another branch, further than the run has come', async () => {
    notes.beginOn({ step: 400, branch: 1 });
    void notes.keepDraft(400, 'the best so far');
    expect(asked().at(-1)).toMatchObject({ type: 'add-note', branch: 1, step: 400 });
    await answer(told(note(1, 10, 1), note(4, 400, 1), note(5, 400, 2)));
    expect(notes.notesOn({ step: 400, branch: 1 }).map(({ id }) => id)).toEqual([4]);
  });

  it('lose nothing that was typed where they cannot be kept', async () => {
    notes.beginEdit(1);
    void notes.keepDraft(10, 'other words');
    await answer({ type: 'refused', failure: refusal });
    expect(notes.draft).toEqual({
      ...{ id: 1, step: 10, branch: 1 },
      ...{ text: 'other words', failure: refusal },
    });
    expect(notes.shown[0]!.text).toBe('note 1');
  });

  it('are removed at once, and written again by Undo', async () => {
    void notes.remove(1);
    await answer(told(note(2, 60, 1)));
    expect(notes.shown).toEqual([]);
    toasts.undo();
    expect(asked().at(-1)).toEqual({ type: 'add-note', branch: 1, step: 10, text: 'note 1' });
  });

  it('of a folder that was left do not come after those of the one that is open', async () => {
    void notes.read();
    const late = bridge.last('checkpoints');
    bridge.tell('history', emptyHistory);
    await answer(told(note(7, 5, 1)));
    await late.answer(told(note(1, 10, 1)));
    expect(notes.shown.map(({ id }) => id)).toEqual([7]);
  });
});

it('a note is a mark among what happened, and has a number of its own', () => {
  const saved = { branch: 1, event: { type: 'saved' as const, epoch: 1, step: 10 } };
  const marks = eventMarksOf(eventsWithNotes([saved], [note(1, 10, 1), note(2, 30, 1)]));
  expect(marks.map(({ step, number, signs }) => [step, number, signs.join('')])).toEqual([
    [10, 1, '▾¶'],
    [30, 2, '¶'],
  ]);
});
