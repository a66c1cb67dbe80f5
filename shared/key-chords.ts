/** Keys as shared/commands.ts writes them, and what the menu, the window's key handler and those who show them make of that. */

/**
 * Modifiers and a key joined by "+": the key as `KeyboardEvent.key` names it, or "Space". "Mod" is Ctrl, on macOS ⌘. Shift counts only
 * beside Mod: a bare key does the same with it. Platforms are named as `process.platform` does.
 */
export type KeyChord = string;

/** The part of a `KeyboardEvent` that is looked at. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const isMac = (platform: string): boolean => platform === 'darwin';

function partsOf(chord: KeyChord): { hasMod: boolean; hasShift: boolean; key: string } {
  const parts = chord.split('+');
  return {
    hasMod: parts.includes('Mod'),
    hasShift: parts.includes('Shift'),
    key: parts.at(-1) ?? '',
  };
}

/** False for a bare key, which text fields and buttons have uses of their own for. */
export const hasModifier = (chord: KeyChord): boolean => partsOf(chord).hasMod;

export function isPressed(chord: KeyChord, press: KeyPress, platform: string): boolean {
  const { hasMod, hasShift, key } = partsOf(chord);
  const { ctrlKey, metaKey, altKey, shiftKey } = press;
  const [isMod, isOther] = isMac(platform) ? [metaKey, ctrlKey] : [ctrlKey, metaKey];
  if (isMod !== hasMod || isOther || altKey) return false;
  if (hasMod && shiftKey !== hasShift) return false;
  const pressed = press.key === ' ' ? 'Space' : press.key;
  return pressed.toLowerCase() === key.toLowerCase();
}

/** As Electron's menu takes it. */
export const acceleratorOf = (chord: KeyChord): string =>
  chord.replace('Mod', 'CmdOrCtrl').replace('Enter', 'Return');

/** As the attribute `aria-keyshortcuts` takes it. */
export const ariaChord = (chord: KeyChord, platform: string): string =>
  chord.replace('Mod', isMac(platform) ? 'Meta' : 'Control');

const keyWords: Partial<Record<string, string>> = {
  Space: 'Space bar',
  ArrowLeft: 'Left arrow',
  ArrowRight: 'Right arrow',
  ArrowUp: 'Up arrow',
  ArrowDown: 'Down arrow',
};

/** As a person reads it: "Ctrl+Shift+O", on macOS "⇧⌘O". */
export function chordText(chord: KeyChord, platform: string): string {
  const { hasMod, hasShift, key } = partsOf(chord);
  const word = keyWords[key] ?? key;
  if (isMac(platform)) return `${hasShift ? '⇧' : ''}${hasMod ? '⌘' : ''}${word}`;
  return [...(hasMod ? ['Ctrl'] : []), ...(hasShift ? ['Shift'] : []), word].join('+');
}
