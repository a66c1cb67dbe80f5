import { PAD } from '../../shared/strokes.ts';
import { brushWidth, type InkPoint } from '../drawing/brush.ts';
import { penMove, type PenMoveKey, type PenPlace } from '../drawing/pen-move.ts';
import type { Drawing } from './drawing.svelte.ts';

/** The pen that the keyboard draws with: where it is, and whether it is seen. */
export class KeyboardPen {
  readonly #drawing: Drawing;
  #place = $state.raw<PenPlace>({ x: PAD / 2, y: PAD / 2 });
  #isShown = $state(false);

  constructor(drawing: Drawing) {
    this.#drawing = drawing;
  }

  get place(): PenPlace {
    return this.#place;
  }
  get isShown(): boolean {
    return this.#isShown;
  }

  show(isShown: boolean): void {
    this.#isShown = isShown;
  }

  /** Moves by an arrow key, drawing where the pen is down. */
  move(key: PenMoveKey): void {
    this.#isShown = true;
    this.#place = penMove(this.#place, key) ?? this.#place;
    this.#drawing.extend([this.#point]);
  }

  /** Puts the pen down, or lifts it. */
  toggle(): void {
    this.#isShown = true;
    if (this.#drawing.isOpen) this.#drawing.end();
    else this.#drawing.begin(this.#point);
  }

  get #point(): InkPoint {
    return { ...this.#place, width: brushWidth('keyboard', 0, this.#drawing.penWidth) };
  }
}
