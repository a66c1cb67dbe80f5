import {
  initialCurveView,
  type CurveAxis,
  type CurveQuantity,
  type CurveRange,
  type CurveViewSettings,
  type SmoothingMemory,
} from '../../shared/curve-view.ts';
import type { Api } from '../api.ts';
import {
  limitedRange,
  pannedRange,
  shownRange,
  wholeRange,
  zoomedRange,
} from '../chart/view-range.ts';
import type { Curves } from './curves.svelte.ts';
import type { Notices } from './notices.svelte.ts';
import { debounced } from './throttle.ts';

/** A zoom by the wheel changes many times a second. */
const SAVE_AFTER = 400;

/** How the curves are drawn: what a person has set, which new data never move, and a restart brings back. */
export class CurveView {
  readonly #curves: Pick<Curves, 'newest'>;
  readonly #save: () => void;
  #settings = $state.raw<CurveViewSettings>(initialCurveView);
  /** What is looked at more closely is of its run. */
  #folder: string | null = null;

  constructor(api: Api, notices: Notices, curves: Pick<Curves, 'newest'>) {
    this.#curves = curves;
    this.#save = debounced(SAVE_AFTER, () => {
      void notices.attempt('Save settings', () => api.call('saveCurveView', this.#settings));
    });
    api.on('folder', ({ path }) => {
      if (this.#folder !== null && this.#folder !== path) this.showAll();
      this.#folder = path;
    });
    api.on('steps', ([first]) => {
      // Another run begins in this folder.
      if (first?.step === 1) this.showAll();
    });
  }

  load(settings: CurveViewSettings, folder: string): void {
    this.#settings = settings;
    this.#folder = folder;
  }

  get axis(): CurveAxis {
    return this.#settings.axis;
  }
  get follows(): boolean {
    return this.#settings.follows;
  }
  get logarithmic(): boolean {
    return this.#settings.logarithmic;
  }
  get smoothing(): SmoothingMemory {
    return this.#settings.smoothing;
  }
  get showsRate(): boolean {
    return this.#settings.showsRate;
  }
  /** The steps that are seen. */
  get shown(): CurveRange {
    const { steps, follows } = this.#settings;
    return shownRange(steps, follows, this.#curves.newest);
  }
  /** All of the run is seen, along the steps. */
  get isWhole(): boolean {
    return this.#settings.steps === null;
  }
  /** Nothing is zoomed, nor a limit set. */
  get isReset(): boolean {
    return this.isWhole && Object.values(this.#settings.values).every((range) => range === null);
  }
  /** Of a vertical axis, as a person has set it; null: what fits. */
  valuesOf(quantity: CurveQuantity): CurveRange | null {
    return this.#settings.values[quantity];
  }

  setAxis(axis: CurveAxis): void {
    this.#change({ axis });
  }
  /** Without it what is seen now stays. */
  setFollows(follows: boolean): void {
    this.#change(follows ? { follows } : { follows, steps: this.shown });
  }
  setLogarithmic(logarithmic: boolean): void {
    this.#change({ logarithmic });
  }
  setSmoothing(smoothing: SmoothingMemory): void {
    this.#change({ smoothing });
  }
  setShowsRate(showsRate: boolean): void {
    this.#change({ showsRate });
  }
  setValues(quantity: CurveQuantity, range: CurveRange | null): void {
    this.#change({ values: { ...this.#settings.values, [quantity]: range } });
  }

  /** Shows these steps, as far as there are any; what comes later does not move them. */
  show(steps: CurveRange): void {
    const limited = limitedRange(steps, wholeRange(this.#curves.newest));
    this.#change(limited ? { steps: limited, follows: false } : { steps: null, follows: true });
  }
  /** @param at a step that stays where it is; null: the middle, or the newest while that is followed */
  zoom(factor: number, at: number | null = null): void {
    const { shown } = this;
    const { follows } = this.#settings;
    if (at !== null || !follows) {
      this.show(zoomedRange(shown, factor, at ?? (shown.from + shown.to) / 2));
      return;
    }
    const zoomed = zoomedRange(shown, factor, shown.to);
    this.#change({ steps: limitedRange(zoomed, wholeRange(this.#curves.newest)) });
  }
  /** @param share of the width */
  pan(share: number): void {
    if (!this.isWhole) this.show(pannedRange(this.shown, share));
  }
  /** The vertical axes stay as they are. */
  showAllSteps(): void {
    this.#change({ steps: null, follows: true });
  }
  /** Of every axis. */
  showAll(): void {
    const { steps, values } = initialCurveView;
    if (!this.isReset || !this.follows) this.#change({ steps, values, follows: true });
  }

  #change(changes: Partial<CurveViewSettings>): void {
    this.#settings = { ...this.#settings, ...changes };
    this.#save();
  }
}
