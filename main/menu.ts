import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { commandIds, commands, type CommandId } from '../shared/commands.ts';
import { acceleratorOf } from '../shared/key-chords.ts';
import { languageChoices, type LanguageChoice } from '../shared/language.ts';
import { places } from '../shared/places.ts';
import { isBusyPhase, type TrainingPhase } from '../shared/training-phase.ts';
import { roleItem } from './menu-roles.ts';
import { withoutHome } from './desktop/log.ts';

const OPEN_RECENT = 'open-recent';

/** Each in itself, to be found by whoever reads no other. */
const languageNames = { en: 'English', de: 'Deutsch' } as const;

/** Actions of the menu. Most go to the window, which knows better what is possible now. */
export interface MenuActions {
  send(id: CommandId): void;
  revealFolder(): void;
  openFolder(path: string): void;
  revealLog(): void;
  showUpdates(): void;
  readonly language: { readonly choice: LanguageChoice; choose(choice: LanguageChoice): void };
}

/**
 * Makes the menu in each system's own style. Labels and keys of our own commands come from shared/commands.ts.
 * @param recent folders that can be opened again, the newest first
 */
export function createMenu(actions: MenuActions, recent: readonly string[]): Menu {
  const isMac = process.platform === 'darwin';
  const toWindow = (id: CommandId, mnemonic: string): MenuItemConstructorOptions =>
    commandItem(id, mnemonic, () => actions.send(id));
  const training: MenuItemConstructorOptions = {
    label: '&Training',
    submenu: [
      toWindow('start-or-pause', 'S'),
      toWindow('stop', 't'),
      { type: 'separator' },
      toWindow('choose-data', 'L'),
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: '&File',
    submenu: [
      toWindow('choose-folder', 'C'),
      {
        id: OPEN_RECENT,
        label: 'Open &recent',
        submenu: recent.map((path) => ({
          // An ampersand in a name is none of ours.
          label: withoutHome(path).replaceAll('&', '&&'),
          click: () => actions.openFolder(path),
        })),
      },
      commandItem('reveal-folder', 'f', () => actions.revealFolder()),
      { type: 'separator' },
      roleItem(isMac ? 'close' : 'quit'),
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      toWindow('go-to-train', 'T'),
      toWindow('go-to-set-up', 'S'),
      toWindow('go-to-draw', 'D'),
      toWindow('go-to-mistakes', 'M'),
      toWindow('go-to-runs', 'R'),
      toWindow('go-to-learn', 'L'),
      { type: 'separator' },
      toWindow('show-commands', 'A'),
      { type: 'separator' },
      {
        label: '&Language',
        submenu: languageChoices.map((choice) => ({
          label: choice === 'system' ? 'As the &system' : languageNames[choice],
          type: 'radio',
          checked: choice === actions.language.choice,
          click: () => actions.language.choose(choice),
        })),
      },
      { type: 'separator' },
      ...(app.isPackaged
        ? []
        : [roleItem('reload'), roleItem('toggleDevTools'), { type: 'separator' } as const]),
      roleItem('resetZoom'),
      roleItem('zoomIn'),
      roleItem('zoomOut'),
      { type: 'separator' },
      roleItem('togglefullscreen'),
    ],
  };
  return Menu.buildFromTemplate([
    ...(isMac ? ([{ role: 'appMenu' }] as const) : []),
    file,
    roleItem('editMenu'),
    view,
    training,
    roleItem('windowMenu'),
    {
      ...roleItem('help'),
      submenu: [
        toWindow('show-glossary', 'G'),
        toWindow('show-keys', 'K'),
        // Its mark says whether it is on; where it is explained, it is switched.
        {
          ...commandItem('show-updates', 'v', () => actions.showUpdates()),
          type: 'checkbox',
        },
        { label: 'Open &log folder', click: () => actions.revealLog() },
        ...(isMac ? [] : [{ type: 'separator' } as const, roleItem('about')]),
      ],
    },
  ]);
}

/** @param mnemonic the letter of the label that chooses the item while the menu is open */
function commandItem(
  id: CommandId,
  mnemonic: string,
  click: () => void,
): MenuItemConstructorOptions {
  const { label, keys } = commands[id];
  const key = keys.find(({ where }) => where === 'menu');
  return {
    id,
    // A translation may have no such letter.
    label: label.includes(mnemonic) ? label.replace(mnemonic, `&${mnemonic}`) : `&${label}`,
    ...(key && { accelerator: acceleratorOf(key.chord) }),
    click,
  };
}

/** @param isOn whether the app looks for newer versions */
export function markUpdateCheck(menu: Menu, isOn: boolean): void {
  const item = menu.getMenuItemById('show-updates');
  if (item) item.checked = isOn;
}

/**
 * Enables the commands that are possible in this phase, and while a checkpoint is proven or not. Conditions that only the window knows count as met, since it checks again.
 */
export function enableMenuItems(menu: Menu, phase: TrainingPhase, isProving: boolean): void {
  const openRecent = menu.getMenuItemById(OPEN_RECENT);
  if (openRecent)
    openRecent.enabled =
      (openRecent.submenu?.items.length ?? 0) > 0 && !isBusyPhase(phase) && !isProving;
  const state = {
    phase,
    isLoaded: true,
    isPausing: false,
    isFormValid: true,
    isProving,
    canUndoChange: true,
    canRedoChange: true,
    hasCurve: true,
    hasDrawing: true,
    canUndoStroke: true,
    canRedoStroke: true,
    isPointerDown: false,
  };
  for (const id of commandIds) {
    const item = menu.getMenuItemById(id);
    if (item) item.enabled = places.some((place) => commands[id].enabledWhen({ ...state, place }));
  }
}
