import { allSteps, type StepSwitches } from '../../shared/drawn-image.ts';
import { symbolsOf } from '../../shared/reading.ts';
import type { Stroke } from '../../shared/strokes.ts';
import type { Drawing } from './drawing.svelte.ts';

/** How the pad is read in the place Draw: which of several symbols, by which steps. Elsewhere all that is drawn is, by all steps. */
export class PadReading {
  readonly #drawing: Drawing;
  readonly #areCharacters: () => boolean;
  readonly #changed: () => void;
  #isOpen = $state(false);
  #switches = $state.raw<StepSwitches>(allSteps);
  /** Null: the one that was drawn last. */
  #chosen = $state<number | null>(null);

  /**
   * @param areCharacters whether the classes are digits or letters, of which several may stand side by side
   * @param changed told whenever something else is read
   */
  constructor(drawing: Drawing, areCharacters: () => boolean, changed: () => void) {
    this.#drawing = drawing;
    this.#areCharacters = areCharacters;
    this.#changed = changed;
  }

  /** What stands side by side on the pad, from left to right; empty where that is not told apart. */
  readonly symbols = $derived.by((): readonly (readonly Stroke[])[] => {
    const { strokes } = this.#drawing;
    if (!this.#isOpen || strokes.length === 0) return [];
    const symbols = symbolsOf(strokes, this.#areCharacters());
    return symbols.length > 1 ? symbols : [];
  });
  /** Which of them is read; null: there are not several. */
  readonly chosen = $derived.by(() => {
    const { symbols } = this;
    if (symbols.length === 0) return null;
    return Math.min(this.#chosen ?? this.#newestOf(symbols), symbols.length - 1);
  });
  /** What is read. */
  readonly strokes = $derived.by((): readonly Stroke[] =>
    this.chosen === null ? this.#drawing.strokes : (this.symbols[this.chosen] ?? []),
  );
  get switches(): StepSwitches {
    return this.#isOpen ? this.#switches : allSteps;
  }
  /** A step is switched off. */
  readonly isChanged = $derived.by(() => Object.values(this.switches).includes(false));

  /** @returns ends it */
  open(): () => void {
    this.#isOpen = true;
    this.#changed();
    return () => {
      this.#isOpen = false;
      this.#changed();
    };
  }
  choose(symbol: number): void {
    this.#chosen = symbol;
    this.#changed();
  }
  /** Something else is drawn: what is drawn last is looked at. */
  drawingChanged(): void {
    this.#chosen = null;
  }
  takeStep(step: keyof StepSwitches, isTaken: boolean): void {
    this.#switches = { ...this.#switches, [step]: isTaken };
    this.#changed();
  }
  takeAllSteps(): void {
    this.#switches = allSteps;
    this.#changed();
  }

  #newestOf(symbols: readonly (readonly Stroke[])[]): number {
    const newest = this.#drawing.strokes.at(-1)?.[0];
    return Math.max(
      0,
      symbols.findIndex((symbol) => symbol.some(([first]) => first === newest)),
    );
  }
}
