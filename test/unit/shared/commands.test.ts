import { describe, expect, it } from 'vitest';
import {
  commandIds,
  commands,
  startOrPauseDoes,
  type CommandId,
  type CommandState,
} from '../../../shared/commands.ts';
import { places } from '../../../shared/places.ts';
import { trainingPhaseSchema, type TrainingPhase } from '../../../shared/training-phase.ts';

const ready: CommandState = {
  phase: 'idle',
  isLoaded: true,
  isPausing: false,
  isFormValid: true,
  isProving: false,
  place: 'train',
  canUndoChange: false,
  canRedoChange: false,
  hasCurve: false,
  hasDrawing: false,
  canUndoStroke: false,
  canRedoStroke: false,
  isPointerDown: false,
};
const isEnabled = (id: CommandId, change: Partial<CommandState> = {}): boolean =>
  commands[id].enabledWhen({ ...ready, ...change });
const phasesOf = (id: CommandId): TrainingPhase[] =>
  trainingPhaseSchema.options.filter((phase) => isEnabled(id, { phase }));

describe('the table of commands', () => {
  it.each(places)('uses no key for two commands that can be used in the place %s', (place) => {
    const able = { canUndoChange: true, canRedoChange: true, hasDrawing: true };
    const usable = commandIds.filter((id) =>
      isEnabled(id, { place, canUndoStroke: true, canRedoStroke: true, ...able }),
    );
    const keys = usable.flatMap((id) =>
      commands[id].keys.map(({ chord, where }) => `${chord} ${where}`),
    );
    expect(keys.length).toBeGreaterThan(5);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('gives the menu only keys that can still be typed', () => {
    for (const id of commandIds)
      for (const { chord, where } of commands[id].keys)
        if (where === 'menu') expect(chord).toMatch(/^Mod\+/);
  });
});

describe('what can be used', () => {
  it('starts, pauses and resumes by the phase', () => {
    expect(phasesOf('start-or-pause')).toEqual([
      'idle',
      'training',
      'paused',
      'saving',
      'evaluating',
      'crashed',
    ]);
    expect(isEnabled('start-or-pause', { isLoaded: false })).toBe(false);
    expect(isEnabled('start-or-pause', { isFormValid: false })).toBe(false);
    expect(isEnabled('start-or-pause', { isFormValid: false, phase: 'training' })).toBe(true);
    expect(isEnabled('start-or-pause', { isPausing: true, phase: 'training' })).toBe(false);
    expect(startOrPauseDoes({ ...ready, phase: 'paused', isFormValid: false })).toBe('resume');
  });

  it('stops what runs, once', () => {
    expect(phasesOf('stop')).toEqual(['preparing', 'training', 'paused', 'saving', 'evaluating']);
  });

  it('chooses another folder, or with a run under way one to save in', () => {
    expect(phasesOf('choose-folder')).toEqual(['idle', 'opening', 'crashed']);
    const choosesOrSaves = [...phasesOf('choose-folder'), ...phasesOf('save-elsewhere')].sort();
    expect(choosesOrSaves).toEqual([...trainingPhaseSchema.options].sort());
    expect(phasesOf('reveal-folder')).toEqual(trainingPhaseSchema.options);
  });

  it('while a checkpoint is proven that can be stopped, and neither a run nor another folder begun', () => {
    expect(isEnabled('stop', { isProving: true })).toBe(true);
    expect(isEnabled('start-or-pause', { isProving: true })).toBe(false);
    expect(isEnabled('choose-folder', { isProving: true })).toBe(false);
  });

  it('takes back and clears what is drawn', () => {
    expect(isEnabled('undo-stroke')).toBe(false);
    expect(isEnabled('undo-stroke', { canUndoStroke: true })).toBe(true);
    expect(isEnabled('redo-stroke', { canUndoStroke: true })).toBe(false);
    expect(isEnabled('redo-stroke', { canRedoStroke: true })).toBe(true);
    expect(isEnabled('redo-stroke', { canRedoStroke: true, place: 'set-up' })).toBe(false);
    expect(isEnabled('clear-drawing')).toBe(false);
    expect(isEnabled('clear-drawing', { hasDrawing: true })).toBe(true);
  });

  it('leaves the pad to the mouse while that draws', () => {
    for (const id of ['move-pen', 'toggle-pen', 'clear-drawing'] as const) {
      expect(isEnabled(id, { hasDrawing: true })).toBe(true);
      expect(isEnabled(id, { hasDrawing: true, isPointerDown: true })).toBe(false);
    }
  });
});
