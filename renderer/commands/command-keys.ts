import {
  commandIds,
  commands,
  type Command,
  type CommandId,
  type CommandKey,
} from '../../shared/commands.ts';
import {
  ariaChord,
  chordText,
  hasModifier,
  isPressed,
  type KeyPress,
} from '../../shared/key-chords.ts';
import type { KeyTarget } from './key-target.ts';

/** Bare keys that buttons and lists have uses of their own for. */
const CONTROL_KEYS = new Set(['Space', 'Enter', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

/** A bare key is the focused control's own, and in a text its editing keys are too. */
function isHeard({ chord, where }: CommandKey, target: KeyTarget): boolean {
  switch (where) {
    case 'menu':
      return false;
    case 'pad':
      return target === 'pad';
    case 'window':
      if (hasModifier(chord)) return target !== 'text';
      return target === 'page' || (target === 'control' && !CONTROL_KEYS.has(chord));
  }
}

/**
 * The command that a key means in the window, of several the one that can be used now; null: it is none of ours.
 * @param isEnabled whether a command can be used now
 */
export function commandFor(
  press: KeyPress,
  target: KeyTarget,
  platform: string,
  isEnabled: (id: CommandId) => boolean = () => true,
): CommandId | null {
  const meant = commandIds.filter((id) =>
    commands[id].keys.some((key) => isHeard(key, target) && isPressed(key.chord, press, platform)),
  );
  return meant.find(isEnabled) ?? meant[0] ?? null;
}

/** A command's keys as a person reads them: "Space bar or Ctrl+Enter"; empty where it has none. */
export function keysText({ keys }: Command, platform: string): string {
  const texts = keys.map(({ chord }) => chordText(chord, platform));
  const others = texts.slice(0, -1);
  const last = texts.at(-1) ?? '';
  return others.length === 0 ? last : `${others.join(', ')} or ${last}`;
}

const isForPad = ({ keys }: Command): boolean => keys.some(({ where }) => where === 'pad');

/** The same for `aria-keyshortcuts`, without keys that are not heard from everywhere; undefined where there is none. */
export function ariaKeys({ keys }: Command, platform: string): string | undefined {
  const everywhere = keys.filter(({ where }) => where !== 'pad');
  return everywhere.length === 0
    ? undefined
    : everywhere.map(({ chord }) => ariaChord(chord, platform)).join(' ');
}

/** What a button's tip says: a sentence, and the keys that do the same. */
export function tipText(sentence: string, command: Command, platform: string): string {
  const where = isForPad(command) ? ' on the drawing pad' : '';
  const keys = `${keysText(command, platform)}${where}`;
  if (sentence === '') return keys;
  return keys === '' ? sentence : `${sentence} (${keys})`;
}

/** What the keys do on the drawing pad, a sentence each, for those who cannot see it. */
export const padHelp = (platform: string): string =>
  Object.values(commands)
    .filter(isForPad)
    .map((command) => `${keysText(command, platform)}: ${command.label}.`)
    .join(' ');
