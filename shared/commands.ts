import { placeWords, type Place } from './places.ts';
import type { KeyChord } from './key-chords.ts';
import { isBusyPhase, type TrainingPhase } from './training-phase.ts';

/**
 * The table of all commands, from which the menu, keys, tips of buttons and lists of commands derive. Commands for which Electron has roles
 * (quit, edit, zoom, windows) stay Electron's, with their labels and keys.
 */

/** Everything that decides which commands are enabled. */
export interface CommandState {
  phase: TrainingPhase;
  /** Whether the window has received its first snapshot. */
  isLoaded: boolean;
  /** Whether Pause was pressed, but the trainer has not paused yet. */
  isPausing: boolean;
  /** Whether every field of the form holds an allowed value. */
  isFormValid: boolean;
  /** A checkpoint is being proven, beside nothing else. */
  isProving: boolean;
  place: Place;
  canUndoChange: boolean;
  canRedoChange: boolean;
  /** The curves have a step that a note can be pinned to. */
  hasCurve: boolean;
  hasDrawing: boolean;
  canUndoStroke: boolean;
  canRedoStroke: boolean;
  /** Whether a mouse, pen or finger is drawing, so that keys must not draw. */
  isPointerDown: boolean;
}

/**
 * Where a key works. `menu`: in the main process, as a menu item's accelerator. `window`: in the window, unless the focused element uses
 * the key itself. `pad`: while the drawing pad has the focus.
 */
export type KeyPlace = 'menu' | 'window' | 'pad';

export interface CommandKey {
  readonly chord: KeyChord;
  readonly where: KeyPlace;
}

export interface Command {
  readonly label: string;
  /** A sentence, if the label does not say enough. */
  readonly tip?: string;
  /** The most usual key first. */
  readonly keys: readonly CommandKey[];
  /** Whether holding the key down repeats the command. */
  readonly repeats?: true;
  readonly enabledWhen: (state: CommandState) => boolean;
}

const goTo = (place: Place, key: string) =>
  ({
    // Asked for anew each time: the language may be another.
    get label() {
      return placeWords[place].name;
    },
    get tip() {
      return placeWords[place].question;
    },
    keys: [{ chord: `Mod+${key}`, where: 'menu' }],
    enabledWhen: ({ isLoaded }: CommandState) => isLoaded,
  }) as const;

const table = {
  'go-to-train': goTo('train', '1'),
  'go-to-set-up': goTo('set-up', '2'),
  'go-to-draw': goTo('draw', '3'),
  'go-to-mistakes': goTo('mistakes', '4'),
  'go-to-runs': goTo('runs', '5'),
  'go-to-learn': goTo('learn', '6'),
  'show-commands': {
    label: 'All commands…',
    tip: 'Search for a command, and do it',
    keys: [{ chord: 'Mod+K', where: 'menu' }],
    enabledWhen: ({ isLoaded }) => isLoaded,
  },
  'show-glossary': {
    label: 'Glossary',
    tip: 'The words of the field, each in a sentence or two',
    keys: [],
    enabledWhen: ({ isLoaded }) => isLoaded,
  },
  'show-updates': {
    label: 'Check for newer versions…',
    tip: 'Whether the app asks once a day if there is a newer version of it, and what was answered',
    keys: [],
    enabledWhen: ({ isLoaded }) => isLoaded,
  },
  'show-keys': {
    label: 'Keyboard shortcuts',
    keys: [{ chord: '?', where: 'window' }],
    enabledWhen: () => true,
  },
  'language-system': { label: 'Language: as the system', keys: [], enabledWhen: () => true },
  'language-en': { label: 'Language: English', keys: [], enabledWhen: () => true },
  'language-de': { label: 'Language: German (Deutsch)', keys: [], enabledWhen: () => true },
  'start-or-pause': {
    label: 'Start or pause',
    // As an accelerator of the menu, Space could not be typed any more.
    keys: [
      { chord: 'Space', where: 'window' },
      { chord: 'Mod+Enter', where: 'menu' },
    ],
    enabledWhen: (state) => state.isLoaded && startOrPauseDoes(state) !== null,
  },
  stop: {
    label: 'Stop',
    tip: 'Finish the step, save, and end the run',
    keys: [{ chord: 'Mod+.', where: 'menu' }],
    enabledWhen: ({ phase, isProving }) =>
      isProving || (isBusyPhase(phase) && phase !== 'stopping'),
  },
  'choose-folder': {
    label: 'Choose folder…',
    keys: [{ chord: 'Mod+O', where: 'menu' }],
    enabledWhen: ({ phase, isProving }) => !isBusyPhase(phase) && !isProving,
  },
  'save-elsewhere': {
    label: 'Save elsewhere…',
    tip: 'Further checkpoints go into the folder that you choose',
    keys: [],
    enabledWhen: ({ phase }) => isBusyPhase(phase),
  },
  'choose-data': {
    label: 'Look at data…',
    tip: 'See the images, class by class, and choose what to learn from',
    keys: [{ chord: 'Mod+D', where: 'menu' }],
    enabledWhen: ({ isLoaded }) => isLoaded,
  },
  'reveal-folder': {
    label: 'Show folder',
    tip: 'Show in the file manager',
    keys: [{ chord: 'Mod+Shift+O', where: 'menu' }],
    enabledWhen: () => true,
  },
  'undo-change': {
    label: 'Undo change of the set-up',
    keys: [{ chord: 'Mod+Z', where: 'window' }],
    repeats: true,
    enabledWhen: ({ place, canUndoChange, phase }) =>
      place === 'set-up' && canUndoChange && !isBusyPhase(phase),
  },
  'redo-change': {
    label: 'Redo change of the set-up',
    keys: [{ chord: 'Mod+Shift+Z', where: 'window' }],
    repeats: true,
    enabledWhen: ({ place, canRedoChange, phase }) =>
      place === 'set-up' && canRedoChange && !isBusyPhase(phase),
  },
  'add-note': {
    label: 'Note…',
    tip: 'Pin a note to a step of the curves',
    keys: [{ chord: 'Mod+Shift+N', where: 'window' }],
    enabledWhen: ({ place, hasCurve }) => place === 'train' && hasCurve,
  },
  'next-section': {
    label: 'Next section',
    tip: 'This section of Learn is done; on to the next',
    keys: [{ chord: 'PageDown', where: 'window' }],
    enabledWhen: ({ place }) => place === 'learn',
  },
  'previous-section': {
    label: 'Previous section',
    keys: [{ chord: 'PageUp', where: 'window' }],
    enabledWhen: ({ place }) => place === 'learn',
  },
  'undo-stroke': {
    label: 'Undo stroke',
    keys: [{ chord: 'Mod+Z', where: 'window' }],
    repeats: true,
    enabledWhen: ({ place, canUndoStroke }) => place !== 'set-up' && canUndoStroke,
  },
  'redo-stroke': {
    label: 'Redo stroke',
    keys: [{ chord: 'Mod+Shift+Z', where: 'window' }],
    repeats: true,
    enabledWhen: ({ place, canRedoStroke }) => place !== 'set-up' && canRedoStroke,
  },
  'clear-drawing': {
    label: 'Clear the drawing',
    keys: [
      { chord: 'Delete', where: 'pad' },
      { chord: 'Backspace', where: 'pad' },
    ],
    enabledWhen: ({ hasDrawing, isPointerDown }) => hasDrawing && !isPointerDown,
  },
  'move-pen': {
    label: 'Move the pen, with Shift further',
    keys: [
      { chord: 'ArrowLeft', where: 'pad' },
      { chord: 'ArrowRight', where: 'pad' },
      { chord: 'ArrowUp', where: 'pad' },
      { chord: 'ArrowDown', where: 'pad' },
    ],
    repeats: true,
    enabledWhen: ({ isPointerDown }) => !isPointerDown,
  },
  'toggle-pen': {
    label: 'Put the pen down or lift it',
    keys: [
      { chord: 'Space', where: 'pad' },
      { chord: 'Enter', where: 'pad' },
    ],
    enabledWhen: ({ isPointerDown }) => !isPointerDown,
  },
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof table;
export const commands: Readonly<Record<CommandId, Command>> = table;
export const commandIds = Object.keys(table) as CommandId[];

/** What "Start or pause" does now; null if nothing. */
export function startOrPauseDoes({
  phase,
  isPausing,
  isFormValid,
  isProving,
}: Pick<CommandState, 'phase' | 'isPausing' | 'isFormValid' | 'isProving'>):
  'start' | 'pause' | 'resume' | null {
  switch (phase) {
    case 'idle':
    case 'crashed':
      return isFormValid && !isProving ? 'start' : null;
    case 'paused':
      return 'resume';
    case 'training':
    case 'saving':
    case 'evaluating':
      return isPausing ? null : 'pause';
    default:
      return null;
  }
}
