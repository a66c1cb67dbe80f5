import { app, Menu, type BrowserWindow } from 'electron';
import { toFailure, type Failure } from '../../shared/ipc.ts';
import type { TrainingPhase } from '../../shared/training-phase.ts';
import type { TrainingState } from '../../shared/training-state.ts';
import type { CheckpointFolder } from '../checkpoint-folder.ts';
import type { Send } from '../ipc.ts';
import { createMenu, enableMenuItems, markUpdateCheck, type MenuActions } from '../menu.ts';
import type { Preferences } from '../preferences-file.ts';
import type { TrainingSupervisor } from '../training-supervisor.ts';
import type { UpdateCheck } from '../updates/update-check.ts';
import { createUpdateCheck } from '../updates/updates.ts';
import { Awake } from './awake.ts';
import { logFailure } from './log.ts';
import { watchPower } from './power.ts';
import { RunOutside } from './run-outside.ts';
import type { PowerState } from '../../shared/desktop-calls.ts';
import type { UpdateState } from '../../shared/update-check.ts';

interface Parts {
  preferences: Preferences;
  folder: CheckpointFolder;
  training: () => TrainingSupervisor;
  isProving: () => boolean;
  window: () => BrowserWindow | null;
  /** To the window. */
  send: Send;
  warn: (failure: Failure) => void;
  bringForward: () => void;
  actions: Omit<MenuActions, 'openFolder' | 'showUpdates'>;
}

/** While it does, the computer is to stay awake. */
const works = (phase: TrainingPhase): boolean =>
  phase === 'preparing' || phase === 'training' || phase === 'evaluating' || phase === 'saving';

/** The app on its system's desktop: menu, recent folders, title, dock or taskbar, notices, sleep and power. */
export class Desktop {
  readonly #parts: Parts;
  readonly #outside: RunOutside;
  readonly #awake = new Awake();
  readonly updates: UpdateCheck;
  #power: () => PowerState = () => ({ onBattery: false, speedLimit: 100, isHot: false });
  #menu: Menu | null = null;
  /** What the menu offers, to make it anew only where that changes. */
  #recent = '';
  #isBatteryLow = false;
  #lastFailure: Failure | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { window, folder, bringForward, preferences, send } = parts;
    this.#outside = new RunOutside({ window, folder: () => folder.path, bringForward });
    const tell = (state: UpdateState): void => {
      send('updates', state);
      this.updateMenu();
    };
    this.updates = createUpdateCheck(preferences, tell, logFailure);
  }

  /** Must be called when the app is ready. */
  begin(): void {
    this.#power = watchPower((state) => this.#parts.send('power', state));
    this.#makeMenu();
    this.updates.begin();
  }

  power = (): PowerState => this.#power();

  /** The window was opened. */
  windowOpened(): void {
    this.#outside.showAgain();
  }

  /** Hears what training tells the window. */
  readonly hear: Send = (event, payload) => {
    if (event === 'warning') logFailure(payload as Failure);
    else if (event === 'training') this.#take(payload as TrainingState);
    else if (event === 'folder') this.#makeMenu();
    else if (event === 'pace' || event === 'progress')
      this.#outside.takeProgress(payload as Parameters<RunOutside['takeProgress']>[0]);
  };

  /** Its texts may be others now. */
  makeMenuAnew(): void {
    this.#menu = null;
    this.#makeMenu();
  }

  /** What can be chosen in the menu may be different now. */
  updateMenu = (): void => {
    if (!this.#menu) return;
    enableMenuItems(this.#menu, this.#parts.training().phase, this.#parts.isProving());
    markUpdateCheck(this.#menu, this.updates.state.isOn);
  };

  setBatteryLow = (isLow: boolean): void => {
    this.#isBatteryLow = isLow;
    this.#keepAwake();
  };

  /**
   * Opens a folder that a person has chosen outside of the window, or says why not.
   * @returns whether it is open
   */
  openFolder = (path: string): boolean => {
    const { folder, training, warn } = this.#parts;
    try {
      training().refuseWhileBusy();
      folder.choose(path);
      training().open();
      return true;
    } catch (error) {
      warn(toFailure(error, path));
      return false;
    }
  };

  #take(state: TrainingState): void {
    const { failure } = state;
    if (failure !== null && failure !== this.#lastFailure) logFailure(failure);
    this.#lastFailure = failure;
    this.#outside.take(state);
    this.#keepAwake();
    this.updateMenu();
  }

  #keepAwake(): void {
    this.#awake.keep(works(this.#parts.training().phase) && !this.#isBatteryLow);
  }

  #makeMenu(): void {
    const { folder, actions } = this.#parts;
    const { path, recent } = folder.describe();
    const offered = JSON.stringify([path, recent]);
    if (this.#menu && offered === this.#recent) return;
    this.#recent = offered;
    // Where the system keeps such a list: macOS and Windows.
    if (folder.exists()) app.addRecentDocument(path);
    this.#menu = createMenu(
      {
        ...actions,
        openFolder: this.openFolder,
        showUpdates: () => {
          // The system has turned the mark around, which is for the person to do where it is explained.
          this.updateMenu();
          actions.send('show-updates');
        },
      },
      recent,
    );
    this.updateMenu();
    Menu.setApplicationMenu(this.#menu);
  }
}
