/** So far the pointer must go before a press is a drag, in pixels. */
const LEAST = 6;

/** A layer's row that is moved by the pointer: it goes where it is let go. */
export class LayerDrag {
  readonly #move: (from: number, to: number) => void;
  #from = $state<number | null>(null);
  #target = $state<number | null>(null);
  #startY = 0;

  /** @param move is told where from and where to */
  constructor(move: (from: number, to: number) => void) {
    this.#move = move;
  }

  /** The row that the layer would take the place of; null: nothing is dragged. */
  get target(): number | null {
    return this.#target;
  }
  get isBelow(): boolean {
    return this.#from !== null && this.#target !== null && this.#target > this.#from;
  }

  take(event: PointerEvent, index: number): void {
    if (event.button !== 0) return;
    this.#from = index;
    this.#startY = event.clientY;
  }
  follow(event: PointerEvent): void {
    if (this.#from === null || (event.buttons & 1) === 0) {
      this.cancel();
      return;
    }
    if (this.#target === null && Math.abs(event.clientY - this.#startY) < LEAST) return;
    const row = document
      .elementFromPoint(event.clientX, event.clientY)
      ?.closest<HTMLElement>('[data-layer]');
    if (row) this.#target = Number(row.dataset.layer);
  }
  drop(): void {
    if (this.#from !== null && this.#target !== null) this.#move(this.#from, this.#target);
    this.cancel();
  }
  cancel(): void {
    this.#from = null;
    this.#target = null;
  }
}
