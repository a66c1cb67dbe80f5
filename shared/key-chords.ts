/** Keys as written in shared/commands.ts, and their translation for the menu, the window's key handler and displays. */

/**
 * Modifiers and a key joined by "+": the key as `KeyboardEvent.key` names it, or "Space". "Mod" is Ctrl, on macOS ⌘. Shift counts only
 * together with Mod: a bare key does the same with Shift. Platforms are named as in `process.platform`.
 */
export type KeyChord = string;

/** The part of a `KeyboardEvent` that matters here. */
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

/** False for a bare key, which text fields and buttons use themselves. */
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

/** The chord in the form for Electron's menu. */
export const acceleratorOf = (chord: KeyChord): string =>
  chord.replace('Mod', 'CmdOrCtrl').replace('Enter', 'Return');

/** The chord in the form for the attribute `aria-keyshortcuts`. */
export const ariaChord = (chord: KeyChord, platform: string): string =>
  chord.replace('Mod', isMac(platform) ? 'Meta' : 'Control');

/** What stands on the keys, where it is not what the event calls them. */
const keyWords: Readonly<Record<string, string>> = {
  Ctrl: 'Ctrl',
  Shift: 'Shift',
  Space: 'Space bar',
  Enter: 'Enter',
  Delete: 'Delete',
  Backspace: 'Backspace',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  ArrowLeft: 'Left arrow',
  ArrowRight: 'Right arrow',
  ArrowUp: 'Up arrow',
  ArrowDown: 'Down arrow',
};

/** The chord as text: "Ctrl+Shift+O", on macOS "⇧⌘O". */
export function chordText(chord: KeyChord, platform: string): string {
  const { hasMod, hasShift, key } = partsOf(chord);
  const nameOf = (each: string): string => keyWords[each] ?? each;
  if (isMac(platform)) return `${hasShift ? '⇧' : ''}${hasMod ? '⌘' : ''}${nameOf(key)}`;
  return [...(hasMod ? ['Ctrl'] : []), ...(hasShift ? ['Shift'] : []), key].map(nameOf).join('+');
}
