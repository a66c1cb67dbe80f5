import { penWidths, USUAL_PEN, type InkPoint } from '../drawing/brush.ts';

type InkStroke = readonly InkPoint[];

/** The strokes on the pad. A cleared drawing can be had back by undo, and what was undone by redo until something else is drawn. */
export class Drawing {
  #strokes = $state.raw<readonly InkStroke[]>([]);
  #undo = $state.raw<readonly (readonly InkStroke[])[]>([]);
  #redo = $state.raw<readonly (readonly InkStroke[])[]>([]);
  #penWidth = $state(USUAL_PEN);
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
  get canRedo(): boolean {
    return this.#redo.length > 0;
  }
  /** Of what is drawn from now on, in the pad's units. */
  get penWidth(): number {
    return this.#penWidth;
  }
  set penWidth(width: number) {
    this.#penWidth = Math.max(penWidths.least, Math.min(width, penWidths.most));
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
    this.#redo = [...this.#redo, this.#strokes];
    this.#open = null;
    this.#become(before);
  }

  redo(): void {
    const after = this.#redo.at(-1);
    if (after === undefined) return;
    this.#redo = this.#redo.slice(0, -1);
    this.#undo = [...this.#undo, this.#strokes];
    this.#open = null;
    this.#become(after);
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
    this.#redo = [];
  }
}
