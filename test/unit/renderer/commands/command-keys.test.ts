import { describe, expect, it } from 'vitest';
import {
  ariaKeys,
  commandFor,
  keysText,
  padHelp,
  tipText,
} from '../../../../renderer/commands/command-keys.ts';
import { commands, type CommandId } from '../../../../shared/commands.ts';

const bare = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const space = { ...bare, key: ' ' };
const undo = { ...bare, key: 'z', ctrlKey: true };

describe('commandFor', () => {
  it('leaves a bare key to texts, buttons and lists', () => {
    expect(commandFor(space, 'page', 'linux')).toBe('start-or-pause');
    expect(commandFor(space, 'control', 'linux')).toBeNull();
    expect(commandFor(space, 'text', 'linux')).toBeNull();
  });

  it('means the pen on the drawing pad', () => {
    expect(commandFor(space, 'pad', 'linux')).toBe('toggle-pen');
    expect(commandFor({ ...bare, key: 'Enter' }, 'pad', 'linux')).toBe('toggle-pen');
    expect(commandFor({ ...bare, key: 'Delete' }, 'pad', 'linux')).toBe('clear-drawing');
    expect(commandFor({ ...bare, key: 'ArrowUp', shiftKey: true }, 'pad', 'linux')).toBe(
      'move-pen',
    );
    expect(commandFor({ ...bare, key: 'ArrowUp' }, 'page', 'linux')).toBeNull();
    expect(commandFor({ ...bare, key: 'x' }, 'pad', 'linux')).toBeNull();
  });

  it('undoes a stroke everywhere but in a text, which has an undo of its own', () => {
    const isStrokes = (id: CommandId): boolean => id === 'undo-stroke';
    for (const target of ['page', 'control', 'pad'] as const)
      expect(commandFor(undo, target, 'linux', isStrokes)).toBe('undo-stroke');
    expect(commandFor(undo, 'page', 'linux', (id) => !isStrokes(id))).toBe('undo-change');
    expect(commandFor(undo, 'text', 'linux')).toBeNull();
  });

  it('leaves the menu’s keys to the menu', () => {
    expect(commandFor({ ...bare, key: 'o', ctrlKey: true }, 'page', 'linux')).toBeNull();
    expect(commandFor({ ...bare, key: 'Enter', ctrlKey: true }, 'page', 'linux')).toBeNull();
  });
});

describe('how keys are told', () => {
  it('names the keys of one’s own system', () => {
    expect(keysText(commands['undo-stroke'], 'linux')).toBe('Ctrl+Z');
    expect(keysText(commands['undo-stroke'], 'darwin')).toBe('⌘Z');
    expect(keysText(commands['start-or-pause'], 'linux')).toBe('Space bar or Ctrl+Enter');
    expect(keysText(commands['save-elsewhere'], 'linux')).toBe('');
  });

  it('puts them behind the sentence of a tip', () => {
    expect(tipText('', commands['undo-stroke'], 'linux')).toBe('Ctrl+Z');
    expect(tipText('Saves', commands.stop, 'linux')).toBe('Saves (Ctrl+.)');
    expect(tipText('Saves', commands['save-elsewhere'], 'linux')).toBe('Saves');
    expect(tipText('', commands['clear-drawing'], 'linux')).toBe(
      'Delete or Backspace on the drawing pad',
    );
  });

  it('tells a screen reader of a button’s keys, and on the pad of the pad’s', () => {
    expect(ariaKeys(commands['start-or-pause'], 'linux')).toBe('Space Control+Enter');
    expect(ariaKeys(commands['clear-drawing'], 'linux')).toBeUndefined();
    expect(ariaKeys(commands['save-elsewhere'], 'linux')).toBeUndefined();
    expect(padHelp('linux')).toContain('Space bar or Enter: Put the pen down or lift it.');
    expect(padHelp('linux')).not.toContain('Ctrl');
  });
});
