import type { Stroke, StrokePoint } from '../lib/strokes.ts';

/** The strokes on the pad. A cleared drawing can be had back by undo. */
export class Drawing {
  #strokes = $state.raw<readonly Stroke[]>([]);
  #undo = $state.raw<readonly (readonly Stroke[])[]>([]);
  #open = false;

  get strokes(): readonly Stroke[] {
    return this.#strokes;
  }
  get isEmpty(): boolean {
    return this.#strokes.length === 0;
  }
  get canUndo(): boolean {
    return this.#undo.length > 0;
  }
  /** A stroke is being drawn. */
  get isOpen(): boolean {
    return this.#open;
  }

  begin(point: StrokePoint): void {
    this.#remember();
    this.#strokes = [...this.#strokes, [point]];
    this.#open = true;
  }

  extend(points: readonly StrokePoint[]): void {
    const stroke = this.#strokes.at(-1);
    if (!this.#open || stroke === undefined) return;
    this.#strokes = [...this.#strokes.slice(0, -1), [...stroke, ...points]];
  }

  end(): void {
    this.#open = false;
  }

  undo(): void {
    const before = this.#undo.at(-1);
    if (before === undefined) return;
    this.#undo = this.#undo.slice(0, -1);
    this.#strokes = before;
    this.#open = false;
  }

  clear(): void {
    if (this.isEmpty) return;
    this.#remember();
    this.#strokes = [];
    this.#open = false;
  }

  #remember(): void {
    this.#undo = [...this.#undo, this.#strokes].slice(-100);
  }
}
