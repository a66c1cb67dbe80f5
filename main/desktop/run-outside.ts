import { Notification, type BrowserWindow } from 'electron';
import { runShare } from '../../shared/run-share.ts';
import { initialState, type TrainingState } from '../../shared/training-state.ts';
import { isBusyPhase, type TrainingPhase } from '../../shared/training-phase.ts';
import type { PaceEvent, ProgressEvent } from '../../shared/trainer-events.ts';
import { noticeOf, titleOf, type RunNotice } from './run-words.ts';

/** Beyond what a taskbar's bar can show. */
const SMALLEST_PROGRESS = 0.002;
/** Electron: less than 0 takes the bar away, more than 1 shows one without an end. */
const NO_BAR = -1;
const NO_END = 2;

/** The parts of a window that are needed here. */
type Shown = Pick<BrowserWindow, 'setTitle' | 'setProgressBar' | 'isFocused'>;

interface Surroundings {
  window: () => Shown | null;
  folder: () => string;
  /** A notice was clicked. */
  bringForward: () => void;
}

/** The run as the desktop shows it: the window's title, the bar in the dock or taskbar, and a notice when it ends. */
export class RunOutside {
  readonly #around: Surroundings;
  #state: TrainingState = initialState;
  #title = '';
  #bar: { share: number; phase: TrainingPhase } | null = null;
  /** Kept, or a click on one would be lost with it. */
  readonly #notices = new Set<Notification>();

  constructor(around: Surroundings) {
    this.#around = around;
  }

  take(state: TrainingState): void {
    const before = this.#state;
    this.#state = state;
    const { window, folder } = this.#around;
    const notice = noticeOf(before, state, folder());
    if (notice !== null && window()?.isFocused() !== true) this.#tell(notice);
    this.#show(state.progress ?? state.pace);
  }

  /** Of a run that is under way; it comes ten times a second. */
  takeProgress(at: PaceEvent | ProgressEvent): void {
    if (at.type === 'pace') this.#state = { ...this.#state, pace: at };
    this.#show(at);
  }

  /** A window has opened, which shows nothing of it yet. */
  showAgain(): void {
    this.#title = '';
    this.#bar = null;
    this.#show(this.#state.progress ?? this.#state.pace);
  }

  #show(at: PaceEvent | ProgressEvent | null): void {
    const window = this.#around.window();
    if (window === null) return;
    const title = titleOf(this.#state, this.#around.folder());
    if (title !== this.#title) window.setTitle(title);
    this.#title = title;
    this.#showBar(window, at);
  }

  #showBar(window: Shown, at: PaceEvent | ProgressEvent | null): void {
    const { phase, started } = this.#state;
    const isFailed = phase === 'crashed';
    if (!isBusyPhase(phase) && !isFailed) {
      if (this.#bar !== null) window.setProgressBar(NO_BAR);
      this.#bar = null;
      return;
    }
    const last = this.#bar?.share ?? NO_END;
    const share = isFailed ? Math.min(last, 1) : started && at ? runShare(started, at) : NO_END;
    const isSame = this.#bar?.phase === phase && Math.abs(share - last) < SMALLEST_PROGRESS;
    if (isSame) return;
    this.#bar = { share, phase };
    const mode = isFailed ? 'error' : phase === 'paused' ? 'paused' : 'normal';
    window.setProgressBar(share, { mode });
  }

  #tell({ title, body }: RunNotice): void {
    if (!Notification.isSupported()) return;
    const notice = new Notification({ title, body });
    this.#notices.add(notice);
    const forget = (): void => void this.#notices.delete(notice);
    notice.on('click', () => {
      forget();
      this.#around.bringForward();
    });
    notice.on('close', forget);
    notice.on('failed', forget);
    notice.show();
  }
}
