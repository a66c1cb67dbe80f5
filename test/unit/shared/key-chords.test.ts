import { describe, expect, it } from 'vitest';
import { acceleratorOf, ariaChord, chordText, isPressed } from '../../../shared/key-chords.ts';

const press = (key: string, ...held: ('ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey')[]) => ({
  key,
  ctrlKey: held.includes('ctrlKey'),
  metaKey: held.includes('metaKey'),
  altKey: held.includes('altKey'),
  shiftKey: held.includes('shiftKey'),
});

describe('isPressed', () => {
  it('takes each system’s own modifier', () => {
    expect(isPressed('Mod+Z', press('z', 'ctrlKey'), 'linux')).toBe(true);
    expect(isPressed('Mod+Z', press('z', 'metaKey'), 'linux')).toBe(false);
    expect(isPressed('Mod+Z', press('z', 'metaKey'), 'darwin')).toBe(true);
    expect(isPressed('Mod+Z', press('z', 'ctrlKey'), 'darwin')).toBe(false);
    expect(isPressed('Mod+Z', press('z'), 'linux')).toBe(false);
  });

  it('tells chords with shift and alt apart', () => {
    expect(isPressed('Mod+Z', press('Z', 'ctrlKey', 'shiftKey'), 'linux')).toBe(false);
    expect(isPressed('Mod+Shift+O', press('O', 'ctrlKey', 'shiftKey'), 'linux')).toBe(true);
    expect(isPressed('Mod+Z', press('z', 'ctrlKey', 'altKey'), 'linux')).toBe(false);
  });

  it('takes a bare key with shift as without, but with no other modifier', () => {
    expect(isPressed('Space', press(' '), 'linux')).toBe(true);
    expect(isPressed('Space', press(' ', 'shiftKey'), 'linux')).toBe(true);
    expect(isPressed('ArrowLeft', press('ArrowLeft', 'shiftKey'), 'linux')).toBe(true);
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey'] as const)
      expect(isPressed('Space', press(' ', modifier), 'linux')).toBe(false);
  });
});

it('is written for a person, the menu and a screen reader', () => {
  expect(chordText('Mod+Shift+O', 'linux')).toBe('Ctrl+Shift+O');
  expect(chordText('Mod+Shift+O', 'darwin')).toBe('⇧⌘O');
  expect(chordText('Mod+.', 'win32')).toBe('Ctrl+.');
  expect(chordText('Space', 'linux')).toBe('Space bar');
  expect(acceleratorOf('Mod+Enter')).toBe('CmdOrCtrl+Return');
  expect(ariaChord('Mod+Z', 'linux')).toBe('Control+Z');
  expect(ariaChord('Mod+Z', 'darwin')).toBe('Meta+Z');
});
