/** Charts that change together, as at a zoom, are drawn in as many frames as they need, so that none of these is long. */

/** Milliseconds of drawing after which the rest waits for the next frame. Painting takes about as long again. */
const FRAME_BUDGET = 1;

type Draw = () => void;

/** Draws what it is given in turn; of what waits longer only the newest. */
export class DrawQueue {
  readonly #nextFrame: (callback: () => void) => void;
  readonly #now: () => number;
  /** By chart, the one that waits longest first. */
  readonly #waiting = new Map<object, Draw>();
  /** Milliseconds in this frame. */
  #spent = 0;
  /** A frame is under way, and another is asked for. */
  #isOpen = false;

  constructor(
    nextFrame: (callback: () => void) => void = inNextFrame,
    now: () => number = () => performance.now(),
  ) {
    this.#nextFrame = nextFrame;
    this.#now = now;
  }

  /** Draws at once while this frame has time for it. */
  add(chart: object, draw: Draw): void {
    if (!this.#isOpen) this.#open();
    if (this.#hasTime && this.#waiting.size === 0) this.#carryOut(draw);
    else this.#waiting.set(chart, draw);
  }

  /** It is gone. */
  remove(chart: object): void {
    this.#waiting.delete(chart);
  }

  get #hasTime(): boolean {
    return this.#spent < FRAME_BUDGET;
  }

  #open(): void {
    this.#isOpen = true;
    this.#spent = 0;
    this.#nextFrame(() => this.#drawWaiting());
  }

  #drawWaiting(): void {
    this.#isOpen = false;
    if (this.#waiting.size === 0) return;
    this.#open();
    for (const [chart, draw] of this.#waiting) {
      if (!this.#hasTime) return;
      this.#waiting.delete(chart);
      this.#carryOut(draw);
    }
  }

  #carryOut(draw: Draw): void {
    const since = this.#now();
    draw();
    this.#spent += this.#now() - since;
  }
}

/** What an event asks for is called before this frame is painted; what that asks for, in the next. */
const inNextFrame = (callback: () => void): void => {
  requestAnimationFrame(() => requestAnimationFrame(callback));
};

/** Of all charts of the window. */
export const drawQueue = new DrawQueue();
