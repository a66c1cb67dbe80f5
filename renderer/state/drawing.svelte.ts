import type { InkPoint } from '../drawing/brush.ts';

type InkStroke = readonly InkPoint[];

/** The strokes on the pad. A cleared drawing can be had back by undo. */
export class Drawing {
  #strokes = $state.raw<readonly InkStroke[]>([]);
  #undo = $state.raw<readonly (readonly InkStroke[])[]>([]);
  /** The stroke that is being drawn, the last one; it grows in place. */
  #open = $state.raw<InkPoint[] | null>(null);
  /** Of the mouse, pen or finger that draws; null: none does. */
  #pointerId = $state<number | null>(null);
  readonly #changed: () => void;

  /** @param changed told whenever the strokes are others */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get strokes(): readonly InkStroke[] {
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
    return this.#open !== null;
  }

  get isPointerDown(): boolean {
    return this.#pointerId !== null;
  }

  /** A second finger does not draw. */
  beginByPointer(id: number, point: InkPoint): void {
    if (this.#pointerId !== null) return;
    this.#pointerId = id;
    this.begin(point);
  }

  extendByPointer(id: number, points: readonly InkPoint[]): void {
    if (id === this.#pointerId) this.extend(points);
  }

  endByPointer(id: number): void {
    if (id !== this.#pointerId) return;
    this.#pointerId = null;
    this.end();
  }

  begin(point: InkPoint): void {
    this.#remember();
    this.#open = [point];
    this.#become([...this.#strokes, this.#open]);
  }

  extend(points: readonly InkPoint[]): void {
    if (this.#open === null) return;
    this.#open.push(...points);
    // A new list tells who looks at it that the last stroke in it has grown.
    this.#become([...this.#strokes]);
  }

  end(): void {
    this.#open = null;
  }

  undo(): void {
    const before = this.#undo.at(-1);
    if (before === undefined) return;
    this.#undo = this.#undo.slice(0, -1);
    this.#open = null;
    this.#become(before);
  }

  clear(): void {
    if (this.isEmpty) return;
    this.#remember();
    this.#open = null;
    this.#become([]);
  }

  #become(strokes: readonly InkStroke[]): void {
    this.#strokes = strokes;
    this.#changed();
  }

  #remember(): void {
    this.#undo = [...this.#undo, this.#strokes].slice(-100);
  }
}
